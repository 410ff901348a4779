import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { expireIn, invitationClient } from '../../../test/support/invitation-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import {
  holdBefore,
  rewriteStatements,
  sabotage,
  untilWaiting,
  withoutRowLock,
} from '../../../test/support/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Races about invitations, over two servers. Each protection is removed once, and the damage that it prevents is expected. */
let api: TestApi;
let second: TestApi;
let here: ReturnType<typeof invitationClient>;
let there: ReturnType<typeof invitationClient>;
let organizer: Person;
beforeEach(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  [here, there] = [invitationClient(api.url), invitationClient(second.url)];
  organizer = await anOrganizer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await second.close();
  await api.close();
});

const violations = async () =>
  (await checkInvariants(api.pool)).map(({ id }) => id).filter((id) => !['I7', 'I8'].includes(id));
const anAddress = (n: number) => `guest-${n}@example.org`;

describe('a seat for each invitation', () => {
  const inviteTooMany = async () => {
    const competition = await aCompetition({ organizer, capacity: 2 });
    return here.invite(organizer, competition, [1, 2, 3].map(anAddress));
  };

  it('is reserved for all or for none', async () => {
    expect((await inviteTooMany()).body.code).toBe('CAPACITY_TOO_SMALL');
    expect(await countRows('invitations')).toBe(0);
  });

  it('would not be there for all without the comparison with the free ones', async () => {
    // The second protection: the table refuses by itself.
    for (const check of ['seats_left_within_capacity', 'reserved_within_capacity'])
      await rows(`ALTER TABLE competitions DROP CONSTRAINT ${check}`);
    await sabotage('invite_v1', 'v_count BETWEEN 1 AND v_free', 'v_count > 0');
    await sabotage('invite_v1', 'greatest(v_count - v_free, 0)', '0');
    expect((await inviteTooMany()).status).toBe(200);
    expect(await violations()).toContain('I2');
  });
});

describe('an address that two managers invite at once', () => {
  const race = async () => {
    const competition = await aCompetition({ organizer });
    const release = await holdBefore('INSERT', 'invitations');
    const both = [here, there].map((client) => client.invite(organizer, competition, [anAddress(1)]));
    await untilWaiting('advisory', 1);
    await release();
    await Promise.all(both);
    return countRows('invitations', `competition_id = '${competition.id}' AND ended_at IS NULL`);
  };

  it('has one open invitation', async () => {
    expect(await race()).toBe(1);
    expect(await violations()).toEqual([]);
  });

  it('would have two without the lock and the index', async () => {
    await rows('DROP INDEX one_open_invitation');
    withoutRowLock();
    const competition = await aCompetition({ organizer });
    const release = await holdBefore('INSERT', 'invitations');
    const both = [here, there].map((client) => client.invite(organizer, competition, [anAddress(1)]));
    await untilWaiting('advisory', 2);
    await release();
    await Promise.all(both);
    expect(await countRows('invitations', 'ended_at IS NULL')).toBe(2);
  });
});

describe('a request that arrived before the invitation expired', () => {
  /** It waits for the lock until the invitation has expired. */
  const redeemWhileLocked = async () => {
    const [competition, person] = [await aCompetition({ organizer }), await aPerson()];
    const link = await here.linkFor(organizer, competition, person.email);
    const holder = await lockCompetition(competition);
    const redeeming = here.redeem(person, link);
    await vi.waitFor(async () => {
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      expect(await rows(waiting)).toHaveLength(1);
    }, 10_000);
    // From now on it counts as expired, but not at the moment of the arrival.
    await holder.query('UPDATE invitations SET expires_at = clock_timestamp() WHERE competition_id = $1', [
      competition.id,
    ]);
    await holder.release();
    return redeeming;
  };

  it('is in', async () => {
    expect((await redeemWhileLocked()).body.status).toBe('PENDING');
  });

  it('would be out if the clock of the statement decided', async () => {
    await sabotage(
      'redeem_v2',
      `statement_timestamp() - e.waited_ms * interval '1 millisecond' >= i.exp`,
      'v_now >= i.exp',
    );
    expect((await redeemWhileLocked()).body.code).toBe('INVITATION_EXPIRED');
  });
});

describe('a free seat for which somebody waits', () => {
  /** As while a long waitlist is promoted in steps. */
  const invitePastTheWaitlist = async () => {
    const competition = await aCompetition({ organizer, capacity: 1 });
    await registerMany(await people(2), competition, { join: true });
    await rows('UPDATE competitions SET capacity = 2, seats_left = 1 WHERE id = $1', [competition.id]);
    return here.invite(organizer, competition, [anAddress(1)]);
  };

  it('is reserved for nobody else', async () => {
    expect((await invitePastTheWaitlist()).body.code).toBe('CAPACITY_TOO_SMALL');
  });

  it('would go to the invited person without the look at the waitlist', async () => {
    await sabotage('invite_v1', 'WHEN v_competition.waiting > 0 AND', 'WHEN false AND');
    expect((await invitePastTheWaitlist()).body.items).toMatchObject([{ result: 'INVITED' }]);
  });
});

describe('a person who waits and accepts', () => {
  const acceptFromTheWaitlist = async () => {
    const [competition, person] = [await aCompetition({ organizer, capacity: 2 }), await aPerson()];
    const link = await here.linkFor(organizer, competition, person.email);
    await registerMany([...(await people(1)), person], competition, { join: true });
    await here.redeem(person, link);
    return seatsOf(competition);
  };

  it('is no longer counted on the waitlist', async () => {
    expect(await acceptFromTheWaitlist()).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('would stay counted without the subtraction', async () => {
    await sabotage('redeem_v2', 'waiting = c.waiting - a.waited', 'waiting = c.waiting');
    expect(await acceptFromTheWaitlist()).toEqual({ seatsLeft: 0, waiting: 1 });
    expect(await violations()).toContain('I3');
  });
});

describe('the invited address', () => {
  const acceptWith = async (reader: 'unverified' | 'stranger') => {
    const [competition, person, stranger] = [await aCompetition({ organizer }), await aPerson(), await aPerson()];
    const link = await here.linkFor(organizer, competition, person.email);
    if (reader === 'stranger') return here.redeem(stranger, link);
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [person.id]);
    return here.redeem(person, link);
  };

  it('has to be that of the account, and verified', async () => {
    expect((await acceptWith('stranger')).body.code).toBe('INVITATION_FOR_OTHER');
    expect((await acceptWith('unverified')).body.code).toBe('EMAIL_NOT_VERIFIED');
  });

  it('would not have to be either without the look at the account', async () => {
    rewriteStatements((text) =>
      text
        .replace('i.email = u.email AS "isForReader"', 'true AS "isForReader"')
        .replace('u.email_verified_at IS NOT NULL AS "isVerified"', 'true AS "isVerified"'),
    );
    expect((await acceptWith('stranger')).status).toBe(200);
    expect((await acceptWith('unverified')).status).toBe(200);
  });
});

describe('the seat of an invitation that ends', () => {
  /** One seat, reserved, and somebody on the waitlist. */
  const end = async (how: 'withdrawn' | 'expired') => {
    const [competition, waiting] = [await aCompetition({ organizer, capacity: 1 }), await aPerson()];
    await here.invite(organizer, competition, [anAddress(1)]);
    await participantClient(api.url).join(waiting, competition);
    const { items } = (await here.list(organizer, competition)).body;
    if (how === 'withdrawn') await here.withdraw(organizer, competition, [items[0].id]);
    else {
      await expireIn(competition, -4);
      await rows('SELECT settle_v1($1)', [competition.id]);
    }
    const [registration] = await registrationsOf(competition);
    return registration?.status;
  };

  it('goes to the waitlist in the same commit', async () => {
    expect([await end('withdrawn'), await end('expired')]).toEqual(['PENDING', 'PENDING']);
  });

  it('would stay free after a withdrawal without the promotion', async () => {
    rewriteStatements((text) => text.replace('SELECT promote_v1($1::uuid), set_next', 'SELECT $1::uuid, set_next'));
    expect(await end('withdrawn')).toBe('WAITLISTED');
    expect(await violations()).toContain('I14');
  });

  it('would stay free after the expiry without the promotion', async () => {
    await sabotage('settle_v1', /IF v_holds IS NULL THEN\s+PERFORM promote_v1\(p_competition_id\);\s+END IF;/, '');
    expect(await end('expired')).toBe('WAITLISTED');
  });
});

describe('two hundred people at once', () => {
  it('IV-04 each redeem their own invitation, over two servers, while others press for a seat', async () => {
    const persons = await people(200);
    const others = await people(50);
    const competition = await aCompetition({ organizer, capacity: 200 });
    await here.invite(
      organizer,
      competition,
      persons.map(({ email }) => email),
    );
    const { body } = await here.list(organizer, competition, '?limit=100');
    const rest = await here.list(organizer, competition, `?limit=100&cursor=${body.nextCursor}`);
    const links = new Map<string, string>(
      [...body.items, ...rest.body.items].map(({ email, link }: { email: string; link: string }) => [email, link]),
    );
    const { register } = participantClient(second.url);
    const pressing = others.map((person) => register(person, competition));
    const answers = await Promise.all(
      persons.map((person, n) => (n % 2 ? here : there).redeem(person, links.get(person.email) ?? '')),
    );
    expect(tally(answers)).toEqual({ 200: 200 });
    expect(tally(await Promise.all(pressing))).toEqual({ COMPETITION_FULL: 50 });
    expect(await countRows('registrations', `competition_id = '${competition.id}' AND status = 'PENDING'`)).toBe(200);
    expect(await violations()).toEqual([]);
  });

  it('IV-04 leave no seat twice and none lost while invitations are withdrawn, redeemed and expire, and others register', async () => {
    const persons = await people(60);
    const others = await people(60);
    const competition = await aCompetition({ organizer, capacity: 60 });
    await here.invite(
      organizer,
      competition,
      persons.map(({ email }) => email),
    );
    const { items } = (await here.list(organizer, competition, '?limit=100')).body;
    const linkOf = new Map<string, string>(
      items.map((item: { email: string; link: string }) => [item.email, item.link]),
    );
    const ids: string[] = items.map(({ id }: { id: string }) => id);
    await rows(
      `UPDATE invitations SET expires_at = clock_timestamp() - interval '2 seconds' WHERE id = ANY ($1::uuid[])`,
      [ids.slice(0, 20)],
    );
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    const { join } = participantClient(second.url);
    await Promise.all([
      ...persons.map((person) => here.redeem(person, linkOf.get(person.email) ?? '')),
      ...[20, 30, 40].map((from) => there.withdraw(organizer, competition, ids.slice(from, from + 10))),
      ...others.map((person) => join(person, competition)),
    ]);
    await expireIn(competition, -4);
    await rows('SELECT settle_all_v1($1)', [competition.id]);
    const seated = await countRows('registrations', `competition_id = '${competition.id}' AND status = 'PENDING'`);
    expect(seated).toBe(60);
    expect(await violations()).toEqual([]);
  });
});
