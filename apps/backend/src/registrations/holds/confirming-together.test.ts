import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, aPerson, inHours, type Person, people } from '../../../test/support/factories.js';
import { holdSeats } from '../../../test/support/holds.js';
import { tally } from '../../../test/support/http-client.js';
import { inTheLastInstant } from '../../../test/support/last-instant.js';
import { countRows, registrationsOf } from '../../../test/support/queries.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { HoldsService } from './holds.service.js';

let servers: [TestApi, TestApi];
beforeEach(async () => {
  const first = await startApi();
  servers = [first, await startApi({ databaseUrl: first.env.databaseUrl })];
  // The first request of a process also opens connections and compiles what it runs.
  const { competition, persons } = await withHeldSeats(2);
  for (const [at, person] of persons.entries()) await participantClient(serverOf(at).url).confirm(person, competition);
});
afterEach(async () => {
  expect(await checkInvariants(servers[0].pool)).toEqual([]);
  for (const server of servers.toReversed()) await server.close();
});

const serverOf = (at: number) => servers[at % 2 === 0 ? 0 : 1];

async function withHeldSeats(n: number) {
  const competition = await aCompetition({ capacity: n, confirmWithinSeconds: 3600, startDate: inHours(48) });
  const persons = await people(n);
  await holdSeats(persons, competition, '1 hour');
  return { competition, persons };
}

async function confirmInTheLastInstant(n: number) {
  const { competition, persons } = await withHeldSeats(n);
  const others = await people(20);
  const { results } = await inTheLastInstant(
    persons,
    competition,
    `UPDATE registrations SET held_until = date_trunc('milliseconds', clock_timestamp()) + interval '500 milliseconds'
     WHERE competition_id = $1`,
    (caller, _, at) => serverOf(at).app.get(HoldsService).confirm(competition.id, caller),
  );
  const pressing = others.map((person, at) => participantClient(serverOf(at).url).register(person, competition));
  return { competition, confirmed: await results, pressed: tally(await Promise.all(pressing)) };
}

it('HO-04 200 people who confirm at once on two servers in the last instant are all in', async () => {
  const { competition, confirmed, pressed } = await confirmInTheLastInstant(200);
  expect(confirmed).toEqual({ 200: 200 });
  expect(pressed).toEqual({ COMPETITION_FULL: 20 });
  const registrations = await registrationsOf(competition);
  expect(registrations.map(({ status }) => status)).toEqual(Array(200).fill('PENDING'));
  const isOfThis = `payload->>'registrationId' IN (SELECT id::text FROM registrations WHERE competition_id = '${competition.id}')`;
  expect(await countRows('outbox', `job = 'confirmation' AND ${isOfThis}`)).toBe(200);
});

it('sabotage of HO-04: without the 3 s of grace, their seats are gone', async () => {
  await sabotage('expiry_due_at', ` + '00:00:03'::interval`, '');
  await sabotage('settle_v1', ` - interval '3 seconds'`, '');
  expect((await confirmInTheLastInstant(20)).confirmed).toEqual({ HOLD_EXPIRED: 20 });
});

it('HO-04 retries on both servers get the same response, and a refusal of one leaves its key free', async () => {
  const { competition, persons } = await withHeldSeats(50);
  const late = await aPerson();
  const keys = new Map([...persons, late].map(({ id }) => [id, randomUUID()]));
  const confirm = (person: Person, at: number) =>
    participantClient(serverOf(at).url).confirm(person, competition, { key: keys.get(person.id) });
  const [first, second, refused] = await Promise.all([
    Promise.all(persons.map((person) => confirm(person, 0))),
    Promise.all(persons.map((person) => confirm(person, 1))),
    confirm(late, 0),
  ]);
  expect([tally(first), tally(second), refused.body.code]).toEqual([{ 200: 50 }, { 200: 50 }, 'NOT_REGISTERED']);
  expect(second.map(({ text }) => text)).toEqual(first.map(({ text }) => text));
  const replayed = [...first, ...second].filter(({ headers }) => headers.has('idempotent-replayed'));
  expect(replayed).toHaveLength(50);
  await participantClient(servers[0].url).leave(persons[0] as Person, competition);
  await holdSeats([late], competition, '1 hour');
  expect((await confirm(late, 1)).status).toBe(200);
  const elsewhere = await withHeldSeats(1);
  const reused = await participantClient(servers[0].url).confirm(late, elsewhere.competition, {
    key: keys.get(late.id),
  });
  expect(reused.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
});
