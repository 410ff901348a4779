import { generateKeyPairSync } from 'node:crypto';
import { formatTicket, parseTicket, type Ticket } from '@mini-compete/shared/tickets';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { aCompetition, anOrganizer, employ, people, registerMany } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { holdBefore, sabotage, untilWaiting } from '../../../test/support/sabotage.js';
import { signTicket } from '../tickets/ticket-key.js';
import { TicketKeys } from '../tickets/ticket-keys.js';

let api: TestApi;
let second: TestApi;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

const WITHOUT_LOCK = [/PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, ''] as const;

/** One person with a seat, and two doors. */
async function aRace() {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, startDate: new Date(Date.now() - 60_000) });
  const [person] = await people(1);
  const [registrationId = ''] = await registerMany([person!], competition);
  const [north, south] = await Promise.all([
    new Device(checkInClient(api.url), organizer, competition).open(),
    new Device(checkInClient(second.url), organizer, competition).open(),
  ]);
  for (const device of [north, south]) device.scan({ registrationId, userId: person!.id });
  return { competition, registrationId, organizer, person: person!, north, south };
}

const entries = ({ id }: { id: string }) =>
  rows(`SELECT FROM check_ins WHERE competition_id = $1 AND result = 'WELCOME'`, [id]);

const scans = ({ id }: { id: string }) => rows('SELECT FROM check_ins WHERE competition_id = $1', [id]);

describe('sabotage of what a scan is checked for: without', () => {
  let originals: { source: string }[] = [];
  beforeAll(async () => {
    originals = await rows(
      `SELECT pg_get_functiondef(oid) AS source FROM pg_proc WHERE proname IN ('check_in_v1', 'order_check_ins_v1')`,
    );
  });
  afterEach(async () => {
    for (const { source } of originals) await rows(source);
    await rows('DELETE FROM ticket_keys');
  });

  /** What becomes of a ticket that is made from a valid one of the competition. */
  async function uploaded(madeFrom: (ticket: Ticket) => string | Promise<string>) {
    const client = checkInClient(api.url);
    const { competition, organizer, person } = await aRace();
    const ticket = parseTicket((await client.ticket(person, competition)).body.ticket);
    const device = await new Device(client, organizer, competition).open();
    device.scan(await madeFrom(ticket!));
    return (await device.sync()).body.results[0].result;
  }

  it('the key of the installation, CI-03: a ticket counts that somebody else has signed', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const forged = (ticket: Ticket) => signTicket(ticket.keyId, privateKey, ticket);
    expect(await uploaded(forged)).toBe('INVALID_TICKET');
    const bytes = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const withForeignKey = async (ticket: Ticket) => {
      await rows('UPDATE ticket_keys SET public_key = $2 WHERE id = $1', [ticket.keyId, bytes]);
      return forged(ticket);
    };
    expect(await uploaded(withForeignKey)).toBe('WELCOME');
  });

  it('the comparison of competitions, CI-03: a ticket of another one counts', async () => {
    const other = await aRace();
    const { ticket } = (await checkInClient(api.url).ticket(other.person, other.competition)).body;
    expect(await uploaded(() => ticket)).toBe('NOT_ON_LIST');
    await sabotage('check_in_v1', 'AND r.competition_id = p_competition_id', '');
    expect(await uploaded(() => ticket)).toBe('WELCOME');
  });

  it('the look at the state of its key, CI-03: a ticket of a revoked one counts', async () => {
    const revoked = async ({ keyId, signed, signature }: Ticket) => {
      await api.app.get(TicketKeys).revoke(keyId);
      return formatTicket(signed, signature);
    };
    expect(await uploaded(revoked)).toBe('INVALID_TICKET');
    await sabotage('check_in_v1', `WHEN NOT s.is_valid THEN 'INVALID_TICKET'`, '');
    expect(await uploaded(revoked)).toBe('WELCOME');
  });

  it('the decision of a manager, the scans of somebody whose role has ended count at once', async () => {
    const inAfterUpload = async () => {
      const { competition, organizer, registrationId, person } = await aRace();
      const [helper] = await people(1);
      await employ(helper!, competition, 'SCANNER');
      const device = await new Device(checkInClient(api.url), helper!, competition).open();
      device.scan({ registrationId, userId: person.id });
      await rows('DELETE FROM competition_staff WHERE user_id = $1', [helper!.id]);
      expect((await device.sync()).status).toBe(202);
      return (await checkInClient(api.url).day(organizer, competition)).body.numbers.in;
    };
    expect(await inAfterUpload()).toBe(0);
    await sabotage('check_in_v1', /p_accepted,(\s+'TO_DECIDE')/, 'true,$1');
    expect(await inAfterUpload()).toBe(1);
  });

  it('voiding the earlier scans, somebody whose check-in was undone is still in', async () => {
    const inAfterUndo = async () => {
      const client = checkInClient(api.url);
      const { competition, organizer, registrationId, person, north, south } = await aRace();
      await north.sync();
      await client.undo(organizer, competition, { registrationId, userId: person.id });
      await south.sync();
      return (await client.day(organizer, competition)).body.numbers.in;
    };
    expect(await inAfterUndo()).toBe(0);
    await sabotage('order_check_ins_v1', /count\(\*\) FILTER[\s\S]*? > 0 AS undone/, 'false AS undone');
    expect(await inAfterUndo()).toBe(1);
  });

  it('the time of the list, a wrong clock says that somebody came a year ago', async () => {
    const cameAt = async () => {
      const { competition, organizer, registrationId, person } = await aRace();
      const device = await new Device(checkInClient(api.url), organizer, competition).open();
      device.scan({ registrationId, userId: person.id }, { at: '1971-01-01T00:00:00Z' });
      return Date.parse((await device.sync()).body.results[0].entry.at);
    };
    expect(await cameAt()).toBeGreaterThan(Date.now() - 60_000);
    await sabotage(
      'check_in_v1',
      /least\(v_received, coalesce\(greatest\(e\.snapshot, v_opened\), '-infinity'\)\)/,
      `'-infinity'`,
    );
    expect(await cameAt()).toBeLessThan(Date.now() - 300 * 86_400_000);
  });

  it('the look for people who were turned away: the database refuses one who was reinstated since', async () => {
    const turnedAway = async () => {
      const { organizer, competition, registrationId, person } = await aRace();
      const device = await new Device(checkInClient(api.url), organizer, competition).open();
      device.scan({ registrationId, userId: person.id }, { kind: 'TURNED_AWAY' });
      const { status, body } = await device.sync();
      return [status, body.results?.[0].result];
    };
    expect(await turnedAway()).toEqual([200, 'ENDED']);
    await sabotage('check_in_v1', `WHEN s.kind = 'TURNED_AWAY' THEN 'ENDED'`, '');
    expect(await turnedAway()).toEqual([500, undefined]);
  });

  it('the look for scans that are known, CI-04: the primary key refuses the batch that comes again', async () => {
    await sabotage('check_in_v1', 'ON CONFLICT (id) DO NOTHING', '');
    const { competition, north } = await aRace();
    expect((await north.sync()).status).toBe(200);
    expect((await north.sync()).status).toBe(500);
    expect(await scans(competition)).toHaveLength(1);
  });

  it('the look for scans that are known and the primary key, CI-04: the batch that comes again is a duplicate', async () => {
    await sabotage('check_in_v1', 'ON CONFLICT (id) DO NOTHING', '');
    await rows('ALTER TABLE check_ins DROP CONSTRAINT check_ins_pkey');
    const { competition, organizer, north } = await aRace();
    try {
      expect((await north.sync()).status).toBe(200);
      // Were it the earlier one by a millisecond, it would be the entry, and both would have the same id.
      const later = north.scans.map((scan) => ({ ...scan, at: north.now }));
      expect((await north.sync(later)).status).toBe(200);
      expect(await scans(competition)).toHaveLength(2);
      expect((await checkInClient(api.url).day(organizer, competition)).body.numbers.problems).toBeGreaterThan(0);
    } finally {
      await rows('TRUNCATE check_ins');
      await rows('ALTER TABLE check_ins ADD PRIMARY KEY (id)');
    }
  });
});

describe('sabotage', () => {
  it('without the lock of the registration, two doors at once count a person twice, unless the database refuses', async () => {
    await sabotage('check_in_v1', ...WITHOUT_LOCK);
    const { competition, north, south } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const responses = [north.sync(), south.sync()];
    await untilWaiting('advisory', 2);
    await release();
    const statuses = (await Promise.all(responses)).map(({ status }) => status).sort();
    await rows('DROP TRIGGER hold_change ON check_ins');
    expect(statuses).toEqual([200, 500]);
    expect(await entries(competition)).toHaveLength(1);
  });

  it('without lock and index, two doors at once count a person twice', async () => {
    await rows('DROP INDEX one_entry_per_ticket');
    await rows('DROP FUNCTION hold_change');
    const { competition, north, south } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const responses = [north.sync(), south.sync()];
    await untilWaiting('advisory', 2);
    await release();
    await Promise.all(responses);
    await rows('DROP TRIGGER hold_change ON check_ins');
    expect(await entries(competition)).toHaveLength(2);
  });

  it('without the lock of the registration, a person who comes in is released as a no-show', async () => {
    await sabotage('release_no_shows_v1', ...WITHOUT_LOCK);
    await rows('DROP FUNCTION hold_change');
    const { competition, registrationId, organizer, north } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const response = north.sync();
    await untilWaiting('advisory', 1);
    const ended = await rows('SELECT release_no_shows_v1($1, ARRAY[$2::uuid], $3)', [
      competition.id,
      registrationId,
      organizer.id,
    ]);
    await release();
    await response;
    expect(ended).toHaveLength(1);
    expect(await entries(competition)).toHaveLength(1);
  });
});
