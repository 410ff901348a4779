import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../app.js';
import { get, post } from '../client.js';
import { aCompetition, aPerson, type Person, people } from '../factories.js';
import { startFront, type TestFront } from '../front.js';
import { freePort } from '../postgres.js';
import { type RawAnswer, RawConnection } from '../raw.js';
import { ATTACKS, type Attack, type Target } from './desync-attacks.js';

const LANES = 10;
/** Fewer where the connection is ended with the first answer: nothing of it is there for anybody to be given. */
const roundsOf = ({ closes }: Attack) => (closes === true ? 20 : 200);

let front: TestFront;
let attacker: Person;
beforeAll(async () => {
  front = await startFront();
  attacker = await aPerson({ name: 'Mallory' });
});
afterAll(() => front.close());

const urlOf = { 'the address for browsers': () => front.frontUrl, "the API's own": () => front.url };
const ADDRESSES = Object.keys(urlOf) as (keyof typeof urlOf)[];
const hostOf = (url: string) => new URL(url).host;
const EMAIL = /person-\d+-[0-9a-f]{8}@example\.org/g;

let requests = 0;
let attacks = 0;

/** Somebody with a connection of their own, kept all the time, on which one answer has to come for each request: theirs. */
class Victim {
  /** What the API says of them, once it has been looked at. */
  private own = '';

  private constructor(
    private readonly connection: RawConnection,
    private readonly host: string,
    private readonly person: Pick<Person, 'id' | 'name' | 'email' | 'token'>,
  ) {}

  static async at(url: string, person: Pick<Person, 'id' | 'name' | 'email' | 'token'>): Promise<Victim> {
    return new Victim(await RawConnection.open(url), hostOf(url), person);
  }

  withToken = async () =>
    this.ensureMyself(await this.ask('/api/auth/me', `Authorization: Bearer ${this.person.token}`));
  withCookie = async () => this.ensureMyself(await this.ask('/api/auth/me', `Cookie: mc_access=${this.person.token}`));

  /** With nothing left of a session but the token that renews it: the answer brings new cookies. */
  withRefreshToken = async (refreshToken: string): Promise<string> => {
    const answer = await this.ask('/api/auth/me', `Cookie: mc_refresh=${refreshToken}`);
    this.ensureMyself(answer);
    return refreshTokenIn(answer.header('set-cookie'));
  };

  withPage = async () => {
    const { status, body } = await this.ask('/profile', `Cookie: mc_access=${this.person.token}`);
    expect(status).toBe(200);
    expect(body).toContain(this.person.name);
    expect([...new Set(body.match(EMAIL))]).toEqual([this.person.email]);
  };

  /** Reads what everybody reads. */
  withoutSession = async (path: string) => {
    const { status, body } = await this.ask(path, 'Accept: text/html');
    if (status !== 200 || body.match(EMAIL)) expect.fail(`${status} ${body}`);
  };

  close = () => this.connection.close();

  private async ask(path: string, header: string): Promise<RawAnswer> {
    const id = `victim-${++requests}-0000`;
    const answer = await this.connection.ask(
      `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\n${header}\r\nX-Request-Id: ${id}\r\n\r\n`,
    );
    if (answer.header('x-request-id') !== id || OF_THE_ATTACKER.test(answer.body))
      expect.fail(`Asked for ${path} as ${id}, answered with ${answer.head}\n${answer.body}`);
    return answer;
  }

  private ensureMyself({ status, body }: RawAnswer): void {
    if (body === this.own && status === 200) return;
    const { id, name, email } = this.person;
    expect(JSON.parse(body), this.own).toMatchObject({ id, name, email });
    expect(this.own).toBe('');
    this.own = body;
  }
}

const OF_THE_ATTACKER = /smuggled|evil|Mallory/;

/** Somebody who lets every access token expire. */
async function aForgetfulOne(url: string): Promise<{ ask: () => Promise<void>; close: () => void }> {
  const account = {
    name: 'Renata',
    email: `${++requests}@renewing.example`,
    password: 'correct horse',
    role: 'PARTICIPANT',
  };
  const { body, headers } = await post(url, '/api/auth/signup', { body: account });
  const victim = await Victim.at(url, { ...body.user, token: '' });
  let refreshToken = refreshTokenIn(headers.getSetCookie().join());
  return {
    async ask() {
      refreshToken = await victim.withRefreshToken(refreshToken);
    },
    close: victim.close,
  };
}

function refreshTokenIn(cookies: string | null): string {
  const token = /mc_refresh=([^;]+)/.exec(cookies ?? '')?.[1];
  return token ?? expect.fail(`No new cookies: ${cookies}`);
}

/** What only victims have: their request ids, addresses, tokens and cookies. */
const FOREIGN = /victim-\d+|@renewing|mc_(access|refresh)=[^;]+|\beyJ[\w-]{10,}|person-\d+-[0-9a-f]{8}@example\.org/g;
const foreignIn = (received: string) => (received.match(FOREIGN) ?? []).filter((text) => text !== attacker.email);

/** None of them is still under way in the next test when one has failed. */
async function all(running: Promise<void>[]): Promise<void> {
  await Promise.allSettled(running);
  await Promise.all(running);
}

describe.each(ADDRESSES)('S1 I10 beside an attacker at %s', (address) => {
  const isFront = address === 'the address for browsers';
  let url: string;
  let lanes: { victim: Victim; renewing: Awaited<ReturnType<typeof aForgetfulOne>> }[];
  beforeAll(async () => {
    url = urlOf[address]();
    const persons = await people(LANES);
    lanes = await Promise.all(
      persons.map(async (person) => ({ victim: await Victim.at(url, person), renewing: await aForgetfulOne(url) })),
    );
  });
  afterAll(() => {
    for (const { victim, renewing } of lanes) {
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

  function target(round: number): Target {
    const host = hostOf(url);
    const headers = `Host: ${host}\r\nAuthorization: Bearer ${attacker.token}\r\nX-Request-Id: smuggled-0001\r\n`;
    const whole = `GET /api/auth/me HTTP/1.1\r\n${headers}\r\n`;
    const smuggled = round % 3 === 0 ? `GET /api/auth/me HTTP/1.1\r\n${headers}X-Ignore: ` : whole;
    return { ...(targets[round % targets.length] as (typeof targets)[0]), host, isFront, whole, smuggled };
  }

  async function attack(
    { bytes, answers, closes, toHead = false, leaves }: Attack,
    to: Target,
    beside: () => Promise<void>,
  ) {
    const connection = await RawConnection.open(url);
    try {
      for (const [n, piece] of [bytes(to)].flat().entries()) {
        if (n > 0) await beside();
        connection.write(piece);
      }
      if (leaves === 'with an end') connection.finish();
      if (leaves === 'with a reset') return connection.reset();
      const read = async () => {
        const received: RawAnswer[] = [];
        for (const _ of answers(to)) received.push(await connection.next({ toHead: toHead && received.length === 0 }));
        if (closes === true) await connection.end();
        return received;
      };
      // Every other time they ask while it is being answered.
      const [received] = ++attacks % 2 ? await Promise.all([read(), beside()]) : [await read(), await beside()];
      expect(received.map(({ status }) => status)).toEqual(answers(to));
      expect(received.flatMap(({ head, body }) => foreignIn(head + body))).toEqual([]);
      connection.ensureNothingElse();
      if (closes === false) expect(connection.ended).toBe(false);
    } finally {
      connection.close();
    }
  }

  it.each(ATTACKS.map((row) => [row.name, row] as const))('everybody gets their own answers: %s', async (_, row) => {
    await all(
      lanes.map(async ({ victim, renewing }, lane) => {
        let asked = lane;
        const beside = () => (asked++ % 2 ? victim.withToken() : victim.withCookie());
        for (let n = 0; n < roundsOf(row) / LANES; n++) {
          const to = target(n * LANES + lane);
          await attack(row, to, beside);
          if (to.path === '/sign-in' && n % 2 === 0) await victim.withoutSession('/sign-in');
        }
        if (lane >= roundsOf(row) / 40) return;
        await renewing.ask();
        if (isFront) await victim.withPage();
      }),
    );
  });
});

describe.each(ADDRESSES)('S1 I10 an honest client at %s', (address) => {
  const url = () => urlOf[address]();
  const aRequest = (method: string, path: string, { token }: Person, headers: string[] = [], body = '') =>
    `${method} ${path} HTTP/1.1\r\n${[`Host: ${hostOf(url())}`, `Authorization: Bearer ${token}`, ...headers].join('\r\n')}\r\n\r\n${body}`;

  it.each([
    ['in chunks', ['Transfer-Encoding: chunked', 'Content-Type: application/json'], '2\r\n{}\r\n0\r\n\r\n'],
    ['in chunks, of no type', ['Transfer-Encoding: chunked'], '1\r\n{\r\n1\r\n}\r\n0\r\n\r\n'],
    ['in no chunks at all', ['Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['with a length', ['Content-Length: 2', 'Content-Type: application/json'], '{}'],
  ])('leaves with an empty body %s', async (_, headers, body) => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    await post(url(), `/api/competitions/${competition.id}/register`, { token: person.token });
    const connection = await RawConnection.open(url());
    const left = await connection.ask(
      aRequest('DELETE', `/api/competitions/${competition.id}/register`, person, headers, body),
    );
    expect(left.status, left.body).toBe(200);
    const mine = await connection.ask(aRequest('GET', '/api/auth/me', person));
    expect(JSON.parse(mine.body).id).toBe(person.id);
    connection.close();
    const after = await get(url(), `/api/competitions/${competition.id}`);
    expect(after.body.seatsLeft).toBe(competition.capacity);
  });

  it.each(['GET', 'HEAD'])('gets its answer to a %s with a body, and to the next request', async (method) => {
    const person = await aPerson();
    const connection = await RawConnection.open(url());
    for (const [headers, body] of [
      [['Content-Length: 2'], '{}'],
      [['Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'],
    ] as const)
      for (const path of ['/api/auth/me', '/api/competitions', '/health/live']) {
        const first = await connection.ask(aRequest(method, path, person, [...headers], body), {
          toHead: method === 'HEAD',
        });
        expect(first.status).toBe(200);
        const next = await connection.ask(aRequest('GET', '/api/auth/me', person));
        expect(JSON.parse(next.body).id).toBe(person.id);
      }
    connection.close();
  });

  it('is one of five hundred at once, and nobody is taken for another', async () => {
    const victims = await Promise.all((await people(500)).map((person) => Victim.at(url(), person)));
    for (let round = 0; round < 4; round++)
      await all(victims.map(async (victim, n) => (n % 2 ? victim.withToken() : victim.withCookie())));
    if (address === 'the address for browsers') await all(victims.slice(0, 50).map((victim) => victim.withPage()));
    for (const victim of victims) victim.close();
  });
});

describe('S1 what the web app is sent', () => {
  /** By name, so that nothing is in it that was not thought of. */
  const KNOWN = new Set([
    ...['host', 'connection', 'accept', 'accept-language', 'accept-encoding', 'cookie', 'content-security-policy'],
    ...['x-forwarded-host', 'x-forwarded-proto', 'x-page', 'x-request-id'],
  ]);

  it.each(['/', '/profile?x=1', '/_next/nothing.js'])('has nothing of an attack on %s in it', async (path) => {
    const received: { line: string; headers: Record<string, unknown>; body: string }[] = [];
    const web = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      received.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      response.end('a page');
    });
    const port = await freePort();
    web.listen(port, '127.0.0.1');
    const api = await startApi({ databaseUrl: front.env.databaseUrl, webUrl: `http://127.0.0.1:${port}` });
    try {
      const host = hostOf(api.frontUrl);
      const whole = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nX-Smuggled: 1\r\n\r\n`;
      const to: Target = { host, path, status: 200, isFront: true, isPage: true, whole, smuggled: whole };
      for (const { bytes, leaves } of ATTACKS) {
        const connection = await RawConnection.open(api.frontUrl);
        for (const piece of [bytes(to)].flat()) connection.write(piece);
        // Whatever becomes of it, it is over when the next one is answered.
        await get(api.frontUrl, '/health/live');
        if (leaves === 'with a reset') connection.reset();
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
      web.closeAllConnections();
      web.close();
    }
  });
});
