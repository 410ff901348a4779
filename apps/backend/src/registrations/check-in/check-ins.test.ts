import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { CheckInDay, RecordedScan, ScanResult } from '@mini-compete/shared/check-ins';
import { bytesToSign, formatTicket, parseTicket, type TicketHolder } from '@mini-compete/shared/tickets';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aMinuteAgo, checkInClient, Device } from '../../../test/support/doors.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { signTicket } from '../tickets/ticket-key.js';
import { TicketKeys } from '../tickets/ticket-keys.js';

let api: TestApi;
let second: TestApi;
let client: ReturnType<typeof checkInClient>;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  client = checkInClient(api.url);
  organizer = await anOrganizer();
});
afterEach(async () => {
  expect((await checkInvariants(api.pool)).filter(({ id }) => id === 'I21')).toEqual([]);
});
afterAll(async () => {
  await second.close();
  await api.close();
});

const SECOND = 1_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** A competition with people who have seats, and a scanner. */
async function withPeople(n: number, options: Parameters<typeof aCompetition>[0] = {}) {
  const competition = await aCompetition({ organizer, capacity: n, ...options });
  const persons = await people(n);
  const ids = await registerMany(persons, competition);
  const holders: TicketHolder[] = persons.map(({ id }, i) => ({ registrationId: ids[i] ?? '', userId: id }));
  const scanner = await aPerson();
  await employ(scanner, competition, 'SCANNER');
  return { competition, persons, holders, scanner };
}

const resultsIn = (body: { results: ScanResult[] }) => body.results.map(({ result }) => result);
const numbersOf = async (competition: Pick<CompetitionRow, 'id'>) =>
  (await client.day(organizer, competition)).body.numbers;
const storedResults = async ({ id }: Pick<CompetitionRow, 'id'>) =>
  rows<{ id: string; result: string }>('SELECT id, result FROM check_ins WHERE competition_id = $1 ORDER BY at, id', [
    id,
  ]);

describe('checking in', () => {
  it('counts a person whose ticket is scanned, or who is chosen from the list', async () => {
    const { competition, persons, holders, scanner } = await withPeople(3);
    const device = await new Device(client, scanner, competition).open('North');
    device.scan((await client.ticket(persons[0]!, competition)).body.ticket);
    device.scan(holders[1]!);
    const { status, body } = await device.sync();
    expect([status, resultsIn(body)]).toEqual([200, ['WELCOME', 'WELCOME']]);
    expect(body.results[0].person).toMatchObject({ name: persons[0]!.name, status: 'SEATED', team: null });
    expect(body.results[0].entry).toMatchObject({ scanId: device.scans[0]!.id, door: 'North' });
    expect(await numbersOf(competition)).toMatchObject({
      in: 2,
      expected: 3,
      problems: 0,
      doors: [{ id: device.door.id, name: 'North', in: 2, remaining: 0 }],
    });
    expect((await client.ticket(persons[0]!, competition)).body.checkedInAt).toBe(body.results[0].entry.at);
  });

  it('counts the entries of each of the last sixty minutes, by the time of the scan', async () => {
    const { competition, holders, scanner } = await withPeople(3);
    const device = await new Device(client, scanner, competition).open();
    const [early, ...recent] = holders as [TicketHolder, ...TicketHolder[]];
    device.scan(early);
    device.scan(recent[0]!, { at: await aMinuteAgo(device) });
    device.scan(recent[1]!);
    const { body } = await device.sync();
    await rows(`UPDATE check_ins SET at = at - interval '61 minutes' WHERE id = $1`, [device.scans[0]!.id]);
    const { numbers } = (await client.day(organizer, competition)).body as CheckInDay;
    const minuteOf = (instant: string) => Math.floor(Date.parse(instant) / (60 * SECOND));
    const expected = Array<number>(60).fill(0);
    for (const { entry } of (body.results as ScanResult[]).slice(1))
      expected[59 - (minuteOf(numbers.serverTime) - minuteOf(entry!.at))]! += 1;
    expect(numbers).toMatchObject({ in: 3, perMinute: expected });
  });

  it('gives doors names and statuses of people, their tickets, and nothing else', async () => {
    const { competition, persons, scanner } = await withPeople(2);
    const device = await new Device(client, scanner, competition).open();
    expect(device.people.map(({ name }) => name).sort()).toEqual(persons.map(({ name }) => name).sort());
    const text = JSON.stringify(device.snapshot);
    for (const { email } of persons) expect(text).not.toContain(email);
    expect(Object.keys(device.snapshot!.list).sort()).toEqual([
      ...['doors', 'enteredFrom', 'entries', 'ids', 'names', 'statuses', 'teamOf', 'teams'],
    ]);
  });

  it('CI-01 counts one ticket at two offline doors once, by the earlier scan, and tells managers of the other', async () => {
    const { competition, persons, scanner } = await withPeople(1);
    const { ticket } = (await client.ticket(persons[0]!, competition)).body;
    const north = await new Device(client, scanner, competition).open('North');
    const south = await new Device(client, scanner, competition).open('South');
    await rows(`UPDATE check_in_doors SET opened_at = now() - interval '1 hour' WHERE competition_id = $1`, [
      competition.id,
    ]);
    for (const device of [north, south]) device.snapshot!.takenAt = ago(1_800 * SECOND);
    const first = north.scan(ticket, { at: ago(600 * SECOND) });
    const later = south.scan(ticket, { at: ago(300 * SECOND) });
    // The later one arrives first, and is the entry until the other one is known.
    expect(resultsIn((await south.sync()).body)).toEqual(['WELCOME']);
    expect(resultsIn((await north.sync()).body)).toEqual(['WELCOME']);
    expect(resultsIn((await south.sync()).body)).toEqual(['ALREADY_IN']);
    const { numbers, problems } = (await client.day(organizer, competition)).body;
    expect(numbers).toMatchObject({ in: 1, problems: 1 });
    expect(problems).toMatchObject([{ id: later.id, result: 'ALREADY_IN', door: 'South', entry: { door: 'North' } }]);
    expect(await storedResults(competition)).toEqual([
      { id: first.id, result: 'WELCOME' },
      { id: later.id, result: 'ALREADY_IN' },
    ]);
  });

  it('CI-03 refuses forged tickets, those of another competition, and those of a revoked key', async () => {
    const { competition, persons, holders, scanner } = await withPeople(2);
    const other = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    const { ticket } = (await client.ticket(persons[0]!, competition)).body;
    const { keyId } = parseTicket(ticket)!;
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = bytesToSign(keyId, holders[0]!);
    device.scan(formatTicket(signed, sign(null, signed, privateKey)));
    device.scan('not a ticket');
    device.scan((await client.ticket(other.persons[0]!, other.competition)).body.ticket);
    device.scan(other.holders[0]!);
    device.scan({ registrationId: holders[0]!.registrationId, userId: other.holders[0]!.userId });
    expect(resultsIn((await device.sync()).body)).toEqual([
      ...['INVALID_TICKET', 'INVALID_TICKET', 'NOT_ON_LIST', 'NOT_ON_LIST', 'NOT_ON_LIST'],
    ]);
    await api.app.get(TicketKeys).revoke(keyId);
    device.scans.length = 0;
    device.scan(ticket);
    expect(resultsIn((await device.sync()).body)).toEqual(['INVALID_TICKET']);
    expect(await numbersOf(competition)).toMatchObject({ in: 0, problems: 1 });
    await device.open();
    expect(device.snapshot?.keys.find(({ id }) => id === keyId)?.state).toBe('REVOKED');
  });

  it('CI-04 has one effect when the same batch comes twenty times, in any order, on two servers', async () => {
    const { competition, holders, scanner } = await withPeople(30);
    const device = await new Device(client, scanner, competition).open();
    const other = new Device(checkInClient(second.url), scanner, competition);
    Object.assign(other.door, device.door);
    for (const holder of [...holders, ...holders.slice(0, 10)]) device.scan(holder);
    const shuffled = () => device.scans.toSorted(() => Math.random() - 0.5);
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? device : other).sync(shuffled())),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await numbersOf(competition)).toMatchObject({ in: 30, problems: 10 });
    expect(await storedResults(competition)).toHaveLength(40);
  });

  it('corrects the clock of the device, and never believes in a scan from the future or from before the list', async () => {
    const { competition, holders, scanner } = await withPeople(3);
    const slow = await new Device(client, scanner, competition, { clockAheadMs: -7_200 * SECOND }).open('Slow');
    await rows(`UPDATE check_in_doors SET opened_at = now() - interval '1 hour' WHERE competition_id = $1`, [
      competition.id,
    ]);
    slow.snapshot!.takenAt = ago(1_800 * SECOND);
    const minuteAgo = new Date(Date.parse(slow.now) - 60 * SECOND).toISOString();
    slow.scan(holders[0]!, { at: minuteAgo });
    slow.scan(holders[1]!, { at: new Date(Date.parse(slow.now) + 3_600 * SECOND).toISOString() });
    slow.scan(holders[2]!, { at: '1971-01-01T00:00:00Z' });
    const { body } = await slow.sync();
    const age = (i: number) => Date.parse(body.receivedAt) - Date.parse(body.results[i].entry.at);
    expect(Math.abs(age(0) - 60 * SECOND)).toBeLessThan(5 * SECOND);
    expect(age(1)).toBe(0);
    expect(body.results[2].entry.at).toBe(slow.snapshot!.takenAt);
  });

  it('does not let a device say that its list is older than its first one', async () => {
    const { competition, holders, scanner } = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    const openedAt = Date.parse(device.snapshot!.takenAt);
    device.snapshot!.takenAt = ago(86_400 * SECOND);
    device.scan(holders[0]!, { at: ago(86_000 * SECOND) });
    const { body } = await device.sync();
    expect(Date.parse(body.results[0].entry.at)).toBeGreaterThan(openedAt - 10 * SECOND);
  });

  it('says that a registration has ended or is not decided, and counts a scan from before the end', async () => {
    const { competition, persons, holders, scanner } = await withPeople(2);
    const [waiting] = await people(1);
    const [waitingId = ''] = await registerMany([waiting!], competition, { join: true });
    const device = await new Device(client, scanner, competition).open();
    const { ticket } = (await client.ticket(persons[1]!, competition)).body;
    device.scan({ registrationId: waitingId, userId: waiting!.id });
    expect(resultsIn((await device.sync()).body)).toEqual(['NOT_DECIDED']);
    device.scans.length = 0;
    const before = device.scan(holders[0]!, { at: await aMinuteAgo(device) });
    for (const person of persons) await participantClient(api.url).leave(person, competition);
    device.scan(ticket, { at: new Date(Date.now() + 60 * SECOND).toISOString() });
    const { body } = await device.sync();
    expect(resultsIn(body)).toEqual(['WELCOME', 'ENDED']);
    expect(body.results[0].entry.scanId).toBe(before.id);
    expect(body.results[1].person.status).toBe('ENDED');
  });

  it('judges a scan by what the registration was then, whatever it has become since', async () => {
    const { competition, persons, holders, scanner } = await withPeople(2);
    const waiting = await people(2);
    const ids = await registerMany(waiting, competition, { join: true });
    const device = await new Device(client, scanner, competition).open();
    const at = await aMinuteAgo(device);
    for (const holder of holders) device.scan(holder, { at });
    for (const [n, { id: userId }] of waiting.entries()) device.scan({ registrationId: ids[n]!, userId }, { at });
    const { leave } = participantClient(api.url);
    await leave(waiting[1]!, competition);
    // The first on the waitlist gets this seat. Its person comes back, and gets the other one.
    await leave(persons[1]!, competition);
    await organizerClient(api.url).reinstate(organizer, competition, holders[1]!.registrationId);
    await leave(persons[0]!, competition);
    const { body } = await device.sync();
    expect(resultsIn(body)).toEqual(['WELCOME', 'WELCOME', 'NOT_DECIDED', 'NOT_DECIDED']);
    expect((body.results as ScanResult[]).map(({ person }) => person?.status)).toEqual([
      ...['ENDED', 'SEATED', 'SEATED', 'ENDED'],
    ]);
  });

  it('records whom a door has turned away, and counts nobody who is reinstated before the scan arrives', async () => {
    const { competition, persons, holders, scanner } = await withPeople(2);
    for (const person of persons) await participantClient(api.url).leave(person, competition);
    const device = await new Device(client, scanner, competition).open();
    for (const holder of holders) device.scan(holder, { kind: 'TURNED_AWAY' });
    await organizerClient(api.url).reinstate(organizer, competition, holders[1]!.registrationId);
    expect(resultsIn((await device.sync()).body)).toEqual(['ENDED', 'ENDED']);
    const { numbers, problems } = (await client.day(organizer, competition)).body;
    expect(numbers).toMatchObject({ in: 0, problems: 2 });
    expect(problems).toMatchObject([{ result: 'ENDED' }, { result: 'ENDED' }]);
    device.scans.length = 0;
    device.scan(holders[1]!);
    expect(resultsIn((await device.sync()).body)).toEqual(['WELCOME']);
  });

  it('takes scans without a door, as from an app of its own: they count by the corrected time', async () => {
    const { competition, persons, holders, scanner } = await withPeople(2);
    const { ticket } = (await client.ticket(persons[0]!, competition)).body;
    const deviceNow = new Date(Date.now() + 86_400 * SECOND).toISOString();
    const scanned = (what: object, secondsAgo: number) => ({
      id: randomUUID(),
      ...what,
      at: new Date(Date.parse(deviceNow) - secondsAgo * SECOND).toISOString(),
      deviceNow,
    });
    const scans = [scanned({ ticket }, 60), scanned({ ticket }, 300), scanned(holders[1]!, 30)];
    const { status, body } = await client.upload(scanner, competition, { scans });
    expect([status, resultsIn(body)]).toEqual([200, ['ALREADY_IN', 'WELCOME', 'WELCOME']]);
    expect(body.results[0].entry).toMatchObject({ scanId: scans[1]!.id, door: '' });
    expect(Date.parse(body.receivedAt) - Date.parse(body.results[0].entry.at)).toBe(300 * SECOND);
    expect(await numbersOf(competition)).toMatchObject({ in: 2, problems: 1, doors: [] });
    expect((await client.day(organizer, competition)).body.latest[0].door).toBe('');

    await rows('DELETE FROM competition_staff WHERE user_id = $1', [scanner.id]);
    expect((await client.upload(scanner, competition, { scans })).status).toBe(202);
    expect((await client.upload(await aPerson(), competition, { scans })).status).toBe(403);
  });

  it('keeps a batch when one of its scans is unknown, and refuses more than 500', async () => {
    const { competition, holders, scanner } = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    device.scan({ registrationId: randomUUID(), userId: randomUUID() });
    device.scan(holders[0]!);
    expect(resultsIn((await device.sync()).body)).toEqual(['NOT_ON_LIST', 'WELCOME']);
    const many = Array.from({ length: 501 }, () => ({ ...device.scans[1], id: randomUUID() }));
    expect((await device.sync(many)).body.code).toBe('VALIDATION_FAILED');
    expect((await device.sync(many.slice(1))).status).toBe(200);
  });

  it('has the same results in whatever order and parts scans and undos arrive', async () => {
    const runs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { competition, holders, scanner } = await withPeople(3);
        return { competition, holders, device: await new Device(client, scanner, competition).open() };
      }),
    );
    // Scans of one moment are in the order of their ids, which differ between the runs.
    const ages = Array.from({ length: 900 }, (_, n) => n * SECOND).toSorted(() => Math.random() - 0.5);
    const script = ages.slice(0, 40).map((age) => ({
      person: Math.floor(Math.random() * 3),
      kind: Math.random() < 0.25 ? ('UNDO' as const) : ('CHECK_IN' as const),
      age,
    }));
    const at = Date.now();
    await rows(`UPDATE check_in_doors SET opened_at = now() - interval '1 hour'`);
    const outcomes = [];
    for (const { competition, holders, device } of runs) {
      device.snapshot!.takenAt = ago(1_800 * SECOND);
      const scans = script.map(({ person, kind, age }) =>
        device.scan(holders[person]!, { kind, at: new Date(at - age).toISOString() }),
      );
      const shuffled = device.scans.toSorted(() => Math.random() - 0.5);
      for (let from = 0; from < shuffled.length; ) {
        const n = 1 + Math.floor(Math.random() * 15);
        await device.sync(shuffled.slice(from, from + n));
        from += n;
      }
      const stored = new Map((await storedResults(competition)).map(({ id, result }) => [id, result]));
      outcomes.push(scans.map(({ id }) => stored.get(id)));
    }
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });
});

describe('CI-10: the time of a scan', () => {
  it('comes from the offset of the clock if the device has estimated it, however long the upload took', async () => {
    const { competition, holders, scanner } = await withPeople(2);
    const device = await new Device(client, scanner, competition, { clockAheadMs: 600 * SECOND }).open();
    device.scan(holders[0]!, { at: await aMinuteAgo(device) });
    device.scan(holders[1]!, { at: device.scans[0]!.at });
    const scannedAt = Date.parse(device.scans[0]!.at) - 600 * SECOND;
    const [first, second] = device.scans;
    // As if the upload had taken twenty seconds.
    const late = (scan: object) => ({
      ...scan,
      deviceNow: new Date(Date.parse(device.now) - 20 * SECOND).toISOString(),
    });
    const upload = (scan: object, more: object) =>
      client.upload(scanner, competition, { door: device.door, scans: [late(scan)], ...more });
    const estimated = (await upload(first!, { clockOffsetMs: -600 * SECOND })).body.results[0];
    expect(Date.parse(estimated.entry.at)).toBe(scannedAt);
    const uncorrected = (await upload(second!, {})).body.results[0];
    expect(Date.parse(uncorrected.entry.at)).toBeGreaterThan(scannedAt + 10 * SECOND);
    expect((await upload(second!, { clockOffsetMs: 0.5 })).status).toBe(400);
  });
});

describe('undoing a check-in', () => {
  it('voids the earlier scans, also one of an offline door that comes later, and the person can come in again', async () => {
    const { competition, holders, scanner } = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    const offline = await new Device(client, scanner, competition).open('Offline');
    device.scan(holders[0]!);
    offline.scan(holders[0]!);
    await device.sync();
    const undone = await client.undo(organizer, competition, holders[0]!, { key: 'undo-1' });
    expect([undone.status, undone.body]).toEqual([200, holders[0]]);
    expect(await numbersOf(competition)).toMatchObject({ in: 0 });
    expect(resultsIn((await offline.sync()).body)).toEqual(['UNDONE']);
    const again = await client.undo(organizer, competition, holders[0]!, { key: 'undo-1' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await client.undo(organizer, competition, holders[0]!)).body.code).toBe('CHECK_IN_NOT_FOUND');
    device.scans.length = 0;
    device.scan(holders[0]!);
    expect(resultsIn((await device.sync()).body)).toEqual(['WELCOME']);
    const entries = await rows(`SELECT FROM audit_entries WHERE subject_id = $1 AND action = 'check-in.undone'`, [
      competition.id,
    ]);
    expect(entries).toHaveLength(1);
  });

  it('works at a door too, without a network', async () => {
    const { competition, holders, scanner } = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    device.scan(holders[0]!, { at: ago(30 * SECOND) });
    device.scan(holders[0]!, { kind: 'UNDO', at: ago(20 * SECOND) });
    device.scan(holders[0]!, { at: ago(10 * SECOND) });
    await rows(`UPDATE check_in_doors SET opened_at = now() - interval '1 hour' WHERE competition_id = $1`, [
      competition.id,
    ]);
    const scans = device.scans.map((scan) => ({ ...scan, snapshotAt: ago(60 * SECOND) }));
    expect(resultsIn((await device.sync(scans)).body)).toEqual(['UNDONE', 'UNDONE', 'WELCOME']);
  });
});

describe('a scanner', () => {
  it('whose role has ended still uploads, is shown nothing, and a manager decides', async () => {
    const { competition, holders, scanner } = await withPeople(2);
    const device = await new Device(client, scanner, competition).open('Back door');
    device.scan(holders[0]!);
    device.scan(holders[1]!);
    await rows('DELETE FROM competition_staff WHERE user_id = $1', [scanner.id]);
    const { status, body } = await device.sync();
    expect([status, body.results]).toEqual([202, []]);
    expect((await client.door(scanner, competition, device.door)).status).toBe(403);
    const day = (await client.day(organizer, competition)).body;
    expect(day.numbers).toMatchObject({ in: 0, problems: 1 });
    expect(day.toDecide).toMatchObject([{ scanner: { id: scanner.id }, door: 'Back door', count: 2 }]);
    const accepted = await client.decide(organizer, competition, { scannerId: scanner.id, accept: true });
    expect(accepted.body).toEqual({ count: 2 });
    expect(await numbersOf(competition)).toMatchObject({ in: 2, problems: 0 });
    expect((await client.decide(organizer, competition, { scannerId: scanner.id, accept: false })).body).toEqual({
      count: 0,
    });
  });

  it('whose role has ended at two doors and an app is decided on by door', async () => {
    const { competition, holders, scanner } = await withPeople(3);
    const devices = [
      await new Device(client, scanner, competition).open('Back door'),
      await new Device(client, scanner, competition).open('Main door'),
    ];
    await rows('DELETE FROM competition_staff WHERE user_id = $1', [scanner.id]);
    for (const [n, device] of devices.entries()) {
      device.scan(holders[n]!);
      await device.sync();
    }
    const now = new Date().toISOString();
    const scan = { id: randomUUID(), ...holders[2], at: now, deviceNow: now };
    await client.upload(scanner, competition, { scans: [scan] });
    const [back, main] = devices.map(({ door }) => door);
    const { toDecide } = (await client.day(organizer, competition)).body as CheckInDay;
    expect(new Set(toDecide.map(({ doorId }) => doorId))).toEqual(new Set([back!.id, main!.id, null]));

    const decide = (decision: { doorId?: string | null; accept: boolean }) =>
      client.decide(organizer, competition, { scannerId: scanner.id, ...decision });
    expect((await decide({ doorId: back!.id, accept: false })).body).toEqual({ count: 1 });
    expect((await decide({ doorId: null, accept: true })).body).toEqual({ count: 1 });
    expect(await numbersOf(competition)).toMatchObject({ in: 1, problems: 1 });
    expect((await decide({ accept: true })).body).toEqual({ count: 1 });
    expect(await numbersOf(competition)).toMatchObject({ in: 2, problems: 0 });
  });

  it('whose scans are discarded counts nobody, and people come in by another door', async () => {
    const { competition, holders, scanner } = await withPeople(1);
    const device = await new Device(client, scanner, competition).open();
    device.scan(holders[0]!);
    await rows('DELETE FROM competition_staff WHERE user_id = $1', [scanner.id]);
    await device.sync();
    const other = await new Device(client, organizer, competition).open();
    other.scan(holders[0]!);
    expect(resultsIn((await other.sync()).body)).toEqual(['WELCOME']);
    await client.decide(organizer, competition, { scannerId: scanner.id, accept: false });
    expect(await numbersOf(competition)).toMatchObject({ in: 1, problems: 0 });
  });

  it('of another competition, a reviewer and a stranger cannot upload', async () => {
    const { competition, holders } = await withPeople(1);
    const reviewer = await aPerson();
    await employ(reviewer, competition, 'REVIEWER');
    for (const person of [reviewer, await aPerson(), (await withPeople(1)).scanner]) {
      const device = new Device(client, person, competition);
      device.scan(holders[0]!);
      expect((await device.sync()).status).toBe(403);
    }
    expect(await storedResults(competition)).toEqual([]);
  });

  it('opens at most 500 doors', async () => {
    const { competition, scanner } = await withPeople(1);
    await rows(
      `INSERT INTO check_in_doors (competition_id, id, name, scanner_ids)
       SELECT $1, gen_random_uuid(), 'Door ' || n, '{}' FROM generate_series(1, 500) n`,
      [competition.id],
    );
    const { body } = await client.door(scanner, competition, { id: randomUUID(), name: 'One more' });
    expect(body.code).toBe('DOOR_LIMIT_REACHED');
  });
});

describe('figures', () => {
  it('the list of a door with 5,000 people is smaller than 400 kB, also when all of them are in', async () => {
    const { competition, persons, scanner } = await withPeople(5_000);
    await rows(`UPDATE users SET name = 'Marie-Luise Oberhauser' WHERE id = ANY ($1::uuid[])`, [
      persons.map(({ id }) => id),
    ]);
    const device = await new Device(client, scanner, competition).open();
    await rows(
      `INSERT INTO check_ins (id, competition_id, registration_id, user_id, kind, at, received_at, door_id, scanner_id, judged, accepted, result)
       SELECT gen_random_uuid(), $1, r.id, r.user_id, 'CHECK_IN', now() - random() * interval '1 hour', now(), $2, $3, 'SEATED', true, 'WELCOME'
       FROM registrations r WHERE r.competition_id = $1`,
      [competition.id, device.door.id, scanner.id],
    );
    const { text } = await client.door(scanner, competition, device.door);
    expect(Buffer.byteLength(text)).toBeLessThan(400_000);
    await device.open();
    expect(device.people).toHaveLength(5_000);
    expect(device.people.every(({ entry }) => entry?.door === 'Main entrance' && entry.at <= new Date())).toBe(true);
  });

  it('400 people at two doors, one of them offline, are counted exactly when it is back, in 5 s', async () => {
    const { competition, holders, scanner } = await withPeople(400, { startDate: inHours(1) });
    const online = await new Device(client, scanner, competition).open('Online');
    const offline = await new Device(checkInClient(second.url), scanner, competition).open('Offline');
    const key = await api.app.get(TicketKeys).signingKey();
    const tickets = holders.map((holder) => signTicket(key.id, key.privateKey, holder));
    // Half of them come in where there is no network, and twenty show their ticket at both doors.
    for (const ticket of tickets.slice(0, 220)) offline.scan(ticket);
    for (let from = 200; from < 400; from += 10) {
      online.scans.length = 0;
      for (const ticket of tickets.slice(from, from + 10)) online.scan(ticket);
      await online.sync();
    }
    expect(await numbersOf(competition)).toMatchObject({ in: 200, expected: 400 });
    for (const ticket of tickets.slice(220)) offline.scan(ticket);
    const startedAt = performance.now();
    // The answer to the first upload is lost, and the device uploads again.
    await Promise.all([offline.sync(), offline.sync()]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await numbersOf(competition)).toMatchObject({ in: 400, problems: 200 });
    const duplicates = (await client.day(organizer, competition)).body.problems as RecordedScan[];
    expect(duplicates).toHaveLength(50);
  });
});
