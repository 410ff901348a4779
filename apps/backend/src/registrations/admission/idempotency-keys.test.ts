import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, aPerson, people } from '../../../test/support/factories.js';
import { type ApiResponse, tally } from '../../../test/support/http-client.js';
import { countRows, registrationsOf, seatsOf } from '../../../test/support/queries.js';

let api: TestApi;
let { register, join, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, leave } = participantClient(api.url));
});
afterAll(() => api.close());

/** `fetch` refuses to send such headers. */
function registerRaw(competitionId: string, token: string, keys: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = [
      'Authorization',
      `Bearer ${token}`,
      'Host',
      'x',
      'Content-Type',
      'application/json',
      'Content-Length',
      '2',
    ];
    for (const key of keys) headers.push('Idempotency-Key', key);
    const { hostname, port } = new URL(api.url);
    const path = `/api/competitions/${competitionId}/register`;
    request({ hostname, port, path, method: 'POST', headers, insecureHTTPParser: true }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end('{}');
  });
}

const expire = (key: string) =>
  api.pool.query(`UPDATE idempotency_records SET expires_at = now() - interval '1 second' WHERE key = $1`, [key]);

describe('an idempotency key', () => {
  it('ID-02 is refused when it is empty, too long, malformed or sent twice', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const invalid = ['', ' ', 'x'.repeat(256), 'a b', 'a,b', 'a\tb', 'schlüssel', '""', '" "'];
    const statuses = await Promise.all(
      invalid.map((key) => registerRaw(competition.id, person.token, [Buffer.from(key).toString('latin1')])),
    );
    expect(statuses).toEqual(invalid.map(() => 400));
    expect(await registerRaw(competition.id, person.token, ['a', 'b'])).toBe(400);
    expect(await registerRaw(competition.id, person.token, ['a', 'a'])).toBe(400);
    expect(await registrationsOf(competition)).toEqual([]);
    expect((await register(person, competition, { key: 'a b' })).body.code).toBe('IDEMPOTENCY_KEY_INVALID');
  });

  it('ID-03 may be 1 to 255 characters long', async () => {
    const competition = await aCompetition();
    const [one, other] = await people(2);
    expect((await register(one!, competition, { key: '~' })).status).toBe(201);
    expect((await register(other!, competition, { key: 'x'.repeat(255) })).status).toBe(201);
  });

  it('ID-04 is the same with a pair of quotes around it', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const first = await register(person, competition, { key: 'k' });
    const again = await register(person, competition, { key: '"k"' });
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.has('idempotent-replayed')).toBe(false);
  });

  it('ID-05 replays the stored response, byte for byte', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const responses: ApiResponse[] = [];
    for (let i = 0; i < 50; i++) responses.push(await register(person, competition, { key: 'again' }));
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(responses.map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([
      null,
      ...Array(49).fill('true'),
    ]);
    expect(await registrationsOf(competition)).toHaveLength(1);
    expect(await countRows('outbox', `payload->>'registrationId' = '${responses[0]?.body.registrationId}'`)).toBe(1);
  });

  it('ID-06 ID-17 makes a hundred concurrent requests one registration, also while the clean-up runs', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const cleaning = api.pool.query('DELETE FROM idempotency_records WHERE expires_at <= now()');
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => register(person, competition, { key: 'same' })),
    );
    await cleaning;
    expect(tally(responses)).toEqual({ 201: 100 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('ID-07 does not let a person register twice with different keys', async () => {
    const competition = await aCompetition({ capacity: 1000 });
    const person = await aPerson();
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, i) => register(person, competition, { key: `key-${i}` })),
    );
    expect(tally(responses)).toEqual({ 201: 1, ALREADY_REGISTERED: 99 });
    const id = responses.find(({ status }) => status === 201)?.body.registrationId;
    for (const { status, body } of responses) if (status === 409) expect(body.registrationId).toBe(id);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 999, waiting: 0 });
  });

  it('ID-08 has no effect on the requests of another person', async () => {
    const competition = await aCompetition();
    const [a, b] = await people(2);
    const first = await register(a!, competition, { key: 'shared' });
    const other = await register(b!, competition, { key: 'shared' });
    expect(other.status).toBe(201);
    expect(other.headers.has('idempotent-replayed')).toBe(false);
    expect(other.text).not.toContain(a!.id);
    expect(other.body.registrationId).not.toBe(first.body.registrationId);
  });

  it('ID-10 ID-11 is refused for another competition or another body, and nothing is written', async () => {
    const [competition, other] = [await aCompetition(), await aCompetition()];
    const person = await aPerson();
    await register(person, competition, { key: 'used' });
    expect((await register(person, other, { key: 'used' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await join(person, competition, { key: 'used' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await registrationsOf(other)).toEqual([]);
    expect(await countRows('idempotency_records', `user_id = '${person.id}'`)).toBe(1);
  });

  it('ignores whitespace, explicit defaults and a missing body in the fingerprint', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const first = await register(person, competition, { key: 'same', body: ' { "joinWaitlist" : false } ' });
    expect((await register(person, competition, { key: 'same', body: {} })).text).toBe(first.text);
    expect((await register(person, competition, { key: 'same', body: undefined })).text).toBe(first.text);
  });

  it('with two bodies at once registers one, and refuses the other', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const responses = await Promise.all([
      register(person, competition, { key: 'x' }),
      join(person, competition, { key: 'x' }),
    ]);
    expect(tally(responses)).toEqual({ 201: 1, IDEMPOTENCY_KEY_REUSED: 1 });
  });

  it('ID-13 stores success only: after COMPETITION_FULL the same key gets a seat', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [first, second] = await people(2);
    await register(first!, competition);
    expect((await register(second!, competition, { key: 'later' })).body.code).toBe('COMPETITION_FULL');
    await leave(first!, competition);
    expect((await register(second!, competition, { key: 'later' })).status).toBe(201);
  });

  it('ID-14 ID-15 replays a late copy after leaving without registering again, and a new key registers', async () => {
    const competition = await aCompetition({ capacity: 5 });
    const person = await aPerson();
    const first = await register(person, competition, { key: 'one' });
    expect((await leave(person, competition)).body).toEqual({ status: 'CANCELLED' });
    const late = await register(person, competition, { key: 'one' });
    expect([late.status, late.text, late.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 5, waiting: 0 });
    expect((await register(person, competition, { key: 'two' })).status).toBe(201);
  });

  it('of leaving ends one registration: a late copy does not end the next one', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    await register(person, competition);
    expect((await leave(person, competition, { key: 'bye' })).status).toBe(200);
    await register(person, competition);
    const late = await leave(person, competition, { key: 'bye' });
    expect([late.status, late.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect((await registrationsOf(competition)).map(({ status }) => status)).toEqual(['CANCELLED', 'PENDING']);
    expect((await leave(person, competition, { key: 'bye-2' })).status).toBe(200);
  });

  it('may be used for registering and for leaving, which are different operations', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    expect((await register(person, competition, { key: 'k' })).status).toBe(201);
    expect((await leave(person, competition, { key: 'k' })).body).toEqual({ status: 'CANCELLED' });
  });

  it('ID-16 counts as unused after it has expired, cleaned up or not', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    await register(person, competition, { key: 'old' });
    await expire('old');
    expect((await register(person, competition, { key: 'old' })).body.code).toBe('ALREADY_REGISTERED');
    await leave(person, competition);
    const again = await register(person, competition, { key: 'old' });
    expect([again.status, again.headers.has('idempotent-replayed')]).toEqual([201, false]);
    await api.pool.query(`DELETE FROM idempotency_records WHERE key = 'old'`);
    expect((await register(person, competition, { key: 'old' })).body.code).toBe('ALREADY_REGISTERED');
  });

  it('ID-20 stores nothing of a failure after the insert, and registers afterwards', async () => {
    const competition = await aCompetition();
    const [unlucky, lucky] = await people(2);
    await api.pool.query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$;
      CREATE TRIGGER fail AFTER INSERT ON registrations FOR EACH ROW WHEN (NEW.user_id = '${unlucky!.id}') EXECUTE FUNCTION fail();`);
    const [failed, fine] = await Promise.all([
      register(unlucky!, competition, { key: 'f' }),
      register(lucky!, competition, { key: 'f' }),
    ]);
    expect([failed.status, failed.headers.get('retry-after'), fine.status]).toEqual([503, '1', 201]);
    expect(failed.text).not.toContain('injected');
    expect(await countRows('registrations', `user_id = '${unlucky!.id}'`)).toBe(0);
    expect(await countRows('idempotency_records', `user_id = '${unlucky!.id}'`)).toBe(0);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 9, waiting: 0 });
    await api.pool.query('DROP TRIGGER fail ON registrations');
    expect((await register(unlucky!, competition, { key: 'f' })).status).toBe(201);
  });

  it('ID-21 of a client that disconnects and retries creates one registration', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    const disconnect = new AbortController();
    const first = register(person, competition, { key: 'gone', signal: disconnect.signal }).catch(() => null);
    setImmediate(() => disconnect.abort());
    await first;
    expect((await register(person, competition, { key: 'gone' })).status).toBe(201);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('ID-22 is not stored without a valid token', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    expect((await register({ ...person, token: 'nobody' }, competition, { key: 'anonymous' })).status).toBe(401);
    expect(await countRows('idempotency_records', `key = 'anonymous'`)).toBe(0);
  });
});
