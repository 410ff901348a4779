import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../tools/src/free-port.js';
import { BACKEND } from '../../../../tools/src/testing/paths.js';
import { inheritedEnv, localUrl, ProductProcess } from '../../../../tools/src/testing/product-process.js';
import { TEST_SECRET } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aCompetition, aPerson } from '../support/factories.js';
import { get, post } from '../support/http-client.js';

let database: TestDatabase;
let api: ProductProcess;
const folder = mkdtempSync(join(tmpdir(), 'mini-compete-logging-'));
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => api.kill());
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** The built API, whose output goes to this file. `prefix` runs it with the rest of its arguments. */
async function startApi(log: number, ...prefix: string[]): Promise<void> {
  const [port, browserPort] = [await freePort(), await freePort()];
  const [command = '', ...args] = [...prefix, process.execPath, `${BACKEND}dist/main.api.js`];
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'test',
      LOG_LEVEL: 'debug',
      RATE_LIMITS: 'off',
      DATABASE_URL: database.url,
      JWT_SECRET: TEST_SECRET,
      PORT: String(browserPort),
      BACKEND_PORT: String(port),
    },
  });
  api = new ProductProcess(localUrl(port), child);
  await api.ready();
}

describe.runIf(process.platform === 'linux')('S2: an API that cannot write its log', () => {
  it('registers people while the disk is full, and exits with 0 on SIGTERM', async () => {
    await startApi(openSync('/dev/full', 'w'));
    const { id } = await aCompetition();
    const { token } = await aPerson();
    const { status } = await post(api.url, `/api/competitions/${id}/register`, { token, body: {} });
    expect(status).toBe(201);
    for (let n = 0; n < 20; n++) expect((await get(api.url, '/api/competitions')).status).toBe(200);
    await api.stop();
    expect(await api.exit()).toBe(0);
  });

  it('writes again when there is room, and logs how many lines were lost', async () => {
    const log = join(folder, 'api.log');
    // The largest size of a file, in blocks of 512 bytes: a disk that is full until the file is emptied.
    await startApi(openSync(log, 'a'), 'sh', '-c', 'ulimit -f 16; exec "$@"', 'sh');
    const limit = 16 * 512;
    await vi.waitFor(async () => {
      expect((await get(api.url, '/api/competitions')).status).toBe(200);
      expect(statSync(log).size).toBe(limit);
    }, 20_000);
    for (let n = 0; n < 10; n++) expect((await get(api.url, '/api/competitions')).status).toBe(200);
    const torn = readFileSync(log, 'utf8').split('\n').at(-1);
    truncateSync(log);
    expect((await get(api.url, '/api/competitions')).status).toBe(200);
    await api.stop();
    const lines = `${torn}${readFileSync(log, 'utf8')}`.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'warn', process: 'api', lost: expect.any(Number), code: 'EFBIG' }),
        expect.objectContaining({ msg: 'request', route: '/api/competitions' }),
      ]),
    );
    expect(await api.exit()).toBe(0);
  });
});
