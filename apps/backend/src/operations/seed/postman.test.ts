import { readFileSync } from 'node:fs';
import newman from 'newman';
import { expect, it } from 'vitest';
import { startApi } from '../../../test/support/api.js';
import { seed } from './seed.js';

interface Item {
  name: string;
  item?: Item[];
  request?: { method: string; url: { path: string[] } };
}

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../../../${path}`, import.meta.url), 'utf8'));
const requests = (items: Item[]): Item[] => items.flatMap((item) => (item.item ? requests(item.item) : [item]));

it('the Postman collection names existing routes only', () => {
  const { paths } = read('docs/openapi.json') as { paths: Record<string, object> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '*')}`),
  );
  const requested = requests(read('postman/mini-compete.postman_collection.json').item as Item[]).map(
    ({ request }) =>
      `${request?.method} /${request?.url.path.map((part) => (part.startsWith('{{') ? '*' : part)).join('/')}`,
  );
  expect(requested.length).toBeGreaterThan(10);
  expect(requested.filter((route) => !routes.includes(route))).toEqual([]);
});

it('S24 the Postman collection passes in Postman’s own runner, which keeps cookies between requests', async () => {
  const api = await startApi();
  try {
    await seed(api.env.databaseUrl);
    const collection = read('postman/mini-compete.postman_collection.json');
    const envVar = [{ key: 'baseUrl', value: api.frontUrl }];
    const { run } = await new Promise<newman.NewmanRunSummary>((resolve, reject) => {
      newman.run({ collection, envVar }, (error, summary) => (error ? reject(error) : resolve(summary)));
    });
    expect(run.failures.map(({ source, error }) => `${source?.name}: ${error.message}`)).toEqual([]);
    expect(run.stats.assertions.total).toBeGreaterThan(15);
  } finally {
    await api.close();
  }
});
