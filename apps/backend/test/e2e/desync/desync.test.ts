import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../../../tools/src/testing/listen.js';
import { startApi } from '../../support/api.js';
import { aCompetition, aPerson, type Person, people } from '../../support/factories.js';
import { get, post } from '../../support/http-client.js';
import { startFront, type TestFront } from '../../support/processes.js';
import { RawConnection, type RawResponse } from '../../support/raw-connection.js';
import { ABORTS } from './attacks/aborts.js';
import type { Attack, Target } from './attacks/attack.js';
import { CHUNKED_BODIES } from './attacks/chunked-bodies.js';
import { CONFLICTING_LENGTHS } from './attacks/conflicting-lengths.js';
import { CONNECTION_REUSE } from './attacks/connection-reuse.js';
import { CONTENT_LENGTH } from './attacks/content-length.js';
import { HEADER_SYNTAX } from './attacks/header-syntax.js';
import { HOST_HEADER } from './attacks/host-header.js';
import { IGNORED_BODIES } from './attacks/ignored-bodies.js';
import { REQUEST_LINE } from './attacks/request-line.js';
import { SPOOFED_HEADERS } from './attacks/spoofed-headers.js';
import { TRANSFER_ENCODING } from './attacks/transfer-encoding.js';
import { UNEXPECTED_BODIES } from './attacks/unexpected-bodies.js';
import { UPGRADES } from './attacks/upgrades.js';
import { ATTACKER_NAME, aRenewingVictim, findDataOfVictims, type RenewingVictim, Victim } from './victims.js';

const ATTACKS: readonly Attack[] = [
  ...CONFLICTING_LENGTHS,
  ...TRANSFER_ENCODING,
  ...CONTENT_LENGTH,
  ...IGNORED_BODIES,
  ...UNEXPECTED_BODIES,
  ...CHUNKED_BODIES,
  ...CONNECTION_REUSE,
  ...ABORTS,
  ...REQUEST_LINE,
  ...HOST_HEADER,
  ...HEADER_SYNTAX,
  ...SPOOFED_HEADERS,
  ...UPGRADES,
];

/** Attacks that run at the same time, each with its own victims. */
const PARALLEL = 10;
/** Enough for each victim to meet each kind of smuggled request. For more: DESYNC_ROUNDS=200. */
const ROUNDS = Number(process.env.DESYNC_ROUNDS ?? 60);
/** Fewer where the first response closes the connection: smuggled bytes then reach no other client. */
const roundsOf = ({ closes }: Attack) => (closes === true ? 20 : ROUNDS);
/** Of those, how many renew their session and load their own page, which takes a hundred times as long. */
const renewingOf = ({ closes }: Attack) => (closes === true ? 1 : 5);

let front: TestFront;
let attacker: Person;
beforeAll(async () => {
  front = await startFront();
  attacker = await aPerson({ name: ATTACKER_NAME });
});
afterAll(() => front.close());

const urlOf = { 'the address for browsers': () => front.frontUrl, "the API's own": () => front.url };
const ADDRESSES = Object.keys(urlOf) as (keyof typeof urlOf)[];
const hostOf = (url: string) => new URL(url).host;

let attacks = 0;

/** Waits for all promises even when one is rejected: the others must not run into the next test. */
async function all(running: Promise<void>[]): Promise<void> {
  await Promise.allSettled(running);
  await Promise.all(running);
}

describe.each(ADDRESSES)('S1 I10 beside an attacker at %s', (address) => {
  const isFront = address === 'the address for browsers';
  let url: string;
  let pairs: { victim: Victim; renewing: RenewingVictim }[];
  beforeAll(async () => {
    url = urlOf[address]();
    const persons = await people(PARALLEL);
    pairs = await Promise.all(
      persons.map(async (person) => ({
        victim: await Victim.connect(url, person),
        renewing: await aRenewingVictim(url),
      })),
    );
  });
  afterAll(() => {
    for (const { victim, renewing } of pairs) {
      victim.close();
      renewing.close();
    }
  });

  const targets: Pick<Target, 'path' | 'status' | 'isPage'>[] = [
    { path: '/health/live', status: 200, isPage: false },
    { path: '/api/auth/me', status: 401, isPage: false },
  ];
  if (isFront)
    targets.push({ path: '/sign-in', status: 200, isPage: true }, { path: '/icon', status: 200, isPage: true });

  function targetOf(round: number): Target {
    const host = hostOf(url);
    const headers = `Host: ${host}\r\nAuthorization: Bearer ${attacker.token}\r\nX-Request-Id: smuggled-0001\r\n`;
    const whole = `GET /api/auth/me HTTP/1.1\r\n${headers}\r\n`;
    const smuggled = round % 3 === 0 ? `GET /api/auth/me HTTP/1.1\r\n${headers}X-Ignore: ` : whole;
    return { ...(targets[round % targets.length] as (typeof targets)[0]), host, isFront, whole, smuggled };
  }

  async function run(
    { bytes, statuses, closes, isHead = false, abort }: Attack,
    target: Target,
    requestOfVictim: () => Promise<void>,
  ) {
    const connection = await RawConnection.open(url);
    try {
      for (const [n, piece] of [bytes(target)].flat().entries()) {
        if (n > 0) await requestOfVictim();
        connection.write(piece);
      }
      if (abort === 'half-close') connection.halfClose();
      if (abort === 'reset') return connection.reset();
      const readResponses = async () => {
        const responses: RawResponse[] = [];
        for (const _ of statuses(target))
          responses.push(await connection.nextResponse({ isHead: isHead && responses.length === 0 }));
        if (closes === true) await connection.waitForEnd();
        return responses;
      };
      // In every other attack, the victim sends its request while the server responds to the attacker.
      const [responses] =
        ++attacks % 2
          ? await Promise.all([readResponses(), requestOfVictim()])
          : [await readResponses(), await requestOfVictim()];
      expect(responses.map(({ status }) => status)).toEqual(statuses(target));
      expect(responses.flatMap(({ head, body }) => findDataOfVictims(head + body, attacker))).toEqual([]);
      connection.ensureNoExtraBytes();
      if (closes === false) expect(connection.ended).toBe(false);
    } finally {
      connection.close();
    }
  }

  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    'victims get only their own responses: %s',
    async (_, attack) => {
      await all(
        pairs.map(async ({ victim, renewing }, index) => {
          let sent = index;
          const requestOfVictim = () => (sent++ % 2 ? victim.requestWithToken() : victim.requestWithCookie());
          for (let n = 0; n < roundsOf(attack) / PARALLEL; n++) {
            const target = targetOf(n * PARALLEL + index);
            await run(attack, target, requestOfVictim);
            if (target.path === '/sign-in' && n % 2 === 0) await victim.requestPublicPage('/sign-in');
          }
          if (index >= renewingOf(attack)) return;
          await renewing.request();
          if (isFront) await victim.requestOwnPage();
        }),
      );
    },
  );
});

describe.each(ADDRESSES)('S1 I10 an ordinary client at %s', (address) => {
  const url = () => urlOf[address]();
  const requestOf = ({ token }: Person, method: string, path: string, headers: string[] = [], body = '') =>
    `${method} ${path} HTTP/1.1\r\n${[`Host: ${hostOf(url())}`, `Authorization: Bearer ${token}`, ...headers].join('\r\n')}\r\n\r\n${body}`;

  it.each([
    ['in chunks', ['Transfer-Encoding: chunked', 'Content-Type: application/json'], '2\r\n{}\r\n0\r\n\r\n'],
    ['in chunks without a content type', ['Transfer-Encoding: chunked'], '1\r\n{\r\n1\r\n}\r\n0\r\n\r\n'],
    ['without any chunk', ['Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['with a length', ['Content-Length: 2', 'Content-Type: application/json'], '{}'],
  ])('leaves with an empty body %s', async (_, headers, body) => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    await post(url(), `/api/competitions/${competition.id}/register`, { token: person.token });
    const connection = await RawConnection.open(url());
    const left = await connection.request(
      requestOf(person, 'DELETE', `/api/competitions/${competition.id}/register`, headers, body),
    );
    expect(left.status, left.body).toBe(200);
    const profile = await connection.request(requestOf(person, 'GET', '/api/auth/me'));
    expect(JSON.parse(profile.body).id).toBe(person.id);
    connection.close();
    const after = await get(url(), `/api/competitions/${competition.id}`);
    expect(after.body.seatsLeft).toBe(competition.capacity);
  });

  it.each(['GET', 'HEAD'])('gets responses to a %s with a body and to the next request', async (method) => {
    const person = await aPerson();
    const connection = await RawConnection.open(url());
    for (const [headers, body] of [
      [['Content-Length: 2'], '{}'],
      [['Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'],
    ] as const)
      for (const path of ['/api/auth/me', '/api/competitions', '/health/live']) {
        const first = await connection.request(requestOf(person, method, path, [...headers], body), {
          isHead: method === 'HEAD',
        });
        expect(first.status).toBe(200);
        const next = await connection.request(requestOf(person, 'GET', '/api/auth/me'));
        expect(JSON.parse(next.body).id).toBe(person.id);
      }
    connection.close();
  });

  it('gets its own responses among five hundred clients', async () => {
    const victims = await Promise.all((await people(500)).map((person) => Victim.connect(url(), person)));
    for (let round = 0; round < 4; round++)
      await all(victims.map(async (victim, n) => (n % 2 ? victim.requestWithToken() : victim.requestWithCookie())));
    if (address === 'the address for browsers')
      await all(victims.slice(0, 50).map((victim) => victim.requestOwnPage()));
    for (const victim of victims) victim.close();
  });
});

describe('S1 the requests that reach the web app', () => {
  /** An allow list, because a block list would miss unexpected headers. */
  const KNOWN = new Set([
    ...['host', 'connection', 'accept', 'accept-language', 'accept-encoding', 'cookie', 'content-security-policy'],
    ...['x-forwarded-host', 'x-forwarded-proto', 'x-page', 'x-request-id'],
  ]);

  it.each(['/', '/profile?x=1', '/_next/nothing.js'])('contain nothing of an attack on %s', async (path) => {
    const received: { line: string; headers: Record<string, unknown>; body: string }[] = [];
    const web = await listen(
      createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        received.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
        response.end('a page');
      }),
    );
    const api = await startApi({ databaseUrl: front.env.databaseUrl, webUrl: `http://127.0.0.1:${web.port}` });
    try {
      const host = hostOf(api.frontUrl);
      const whole = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nX-Smuggled: 1\r\n\r\n`;
      const target: Target = { host, path, status: 200, isFront: true, isPage: true, whole, smuggled: whole };
      for (const { bytes, abort } of ATTACKS) {
        const connection = await RawConnection.open(api.frontUrl);
        for (const piece of [bytes(target)].flat()) connection.write(piece);
        // The response to a later request shows that the server has handled the attack.
        await get(api.frontUrl, '/health/live');
        if (abort === 'reset') connection.reset();
        else connection.close();
      }
      expect(received.length).toBeGreaterThan(0);
      for (const { line, headers, body } of received) {
        expect(line).toMatch(/^(GET|HEAD) \/(?!health)/);
        expect(Object.keys(headers).filter((name) => !KNOWN.has(name))).toEqual([]);
        expect(headers.host === host || headers.host === 'evil.example').toBe(true);
        expect(headers['x-page']).not.toContain('admin');
        expect(headers.cookie ?? '').not.toMatch(/evil|script/);
        expect(body).toBe('');
      }
    } finally {
      await api.close();
      await web.close();
    }
  });
});
