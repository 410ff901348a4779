import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/support/api.js';
import { get } from '../../test/support/http-client.js';
import { NEVER, startWorker } from '../../test/support/worker.js';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const ALERTS = 'deploy/monitoring/alerts.yml';
const DASHBOARD = 'deploy/monitoring/dashboard.json';
const DOCUMENT = 'docs/monitoring.md';

/** Names of metrics in PromQL, without the suffixes that a histogram adds. */
const metricsIn = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/\b(?:mini_compete|nodejs|process)_[a-z0-9_]+/g)].map(([name]) =>
      name.replace(/(_seconds|_people)_(?:bucket|sum|count)$/, '$1'),
    ),
  );
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name).sort();

/** A rule about a metric that nothing exports never fires, and a panel of one is empty. */
describe('OB-04: monitoring', () => {
  let api: TestApi;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let exported: Set<string>;

  beforeAll(async () => {
    api = await startApi();
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, backupSchedule: NEVER });
    const texts = [(await get(api.url, '/metrics')).text, (await worker.app.inject({ url: '/metrics' })).body];
    exported = new Set(texts.flatMap((text) => namesIn(text, /^# TYPE (\S+)/gm)));
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
  });

  it.each([ALERTS, DASHBOARD, DOCUMENT])('%s names only metrics that API or worker export', (file) => {
    const named = metricsIn(read(file));
    expect(named.size).toBeGreaterThan(6);
    expect([...named].filter((name) => !exported.has(name))).toEqual([]);
  });

  it('docs/monitoring.md and the dashboard name every metric of ours', () => {
    const ours = [...exported].filter((name) => name.startsWith('mini_compete_')).sort();
    expect(namesIn(read(DOCUMENT), /^\| `(mini_compete_\w+)/gm)).toEqual(ours);
    const shown = metricsIn(read(DASHBOARD));
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('docs/monitoring.md says what to do about every alert, and each has a test', () => {
    const alerts = namesIn(read(ALERTS), /- alert: (\w+)/g);
    expect(namesIn(read(DOCUMENT), /^\| `(MiniCompete\w+)`/gm)).toEqual(alerts);
    const tests = read('deploy/monitoring/alerts.test.yml');
    const fired = new Set(namesIn(tests, /alertname: (\w+)\n\s+exp_alerts/g));
    expect(alerts.filter((alert) => !fired.has(alert))).toEqual([]);
  });
});
