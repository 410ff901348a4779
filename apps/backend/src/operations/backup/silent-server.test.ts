import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { migrate } from '../../platform/database/migrate.js';
import { seed } from '../seed/seed.js';
import { backup } from './backup.js';
import { restore } from './restore.js';
import { verify } from './verify.js';

let server: FaultProxy;
beforeAll(async () => {
  server = await FaultProxy.open(inject('postgresUrl'));
  server.silence();
});
afterAll(() => server.close());

it('R3: commands give up within 15 s when the database is silent', async () => {
  const file = '/nonexistent/backup.gz';
  const startedAt = performance.now();
  const results = await Promise.allSettled([
    migrate(server.url),
    seed(server.url),
    backup(server.url, file),
    restore(server.url, { file }),
    verify(server.url, file),
  ]);
  const reasons = results.map((result) => result.status === 'rejected' && result.reason.message);
  expect(reasons).toEqual(Array.from({ length: 5 }, () => 'timeout expired'));
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});
