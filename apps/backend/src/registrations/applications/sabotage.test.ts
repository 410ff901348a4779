import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import {
  aCompetitionByApplication,
  applicants,
  applicationsClient,
  tallyItems,
} from '../../../test/support/applications.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { anOrganizer, employ, type Person, people } from '../../../test/support/factories.js';
import { rows, seatsOf } from '../../../test/support/queries.js';
import {
  holdBefore,
  rewriteStatements,
  sabotage,
  untilWaiting,
  withoutRowLock,
} from '../../../test/support/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Removes each protection of deciding once, and expects the damage that it prevents. */
let api: TestApi;
let owner: Person;
let staff: ReturnType<typeof applicationsClient>;
beforeEach(async () => {
  api = await startApi();
  owner = await anOrganizer();
  staff = applicationsClient(api.url);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await api.close();
});

const violations = async () => (await checkInvariants(api.pool)).map(({ id }) => id);

describe('the lock of the competition', () => {
  /** Two decisions about one application, of which the first is stopped before it commits. */
  const acceptAndReject = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const release = await holdBefore('UPDATE', 'registrations');
    const first = staff.accept(owner, competition, ids);
    await untilWaiting('advisory');
    const second = staff.accept(owner, competition, ids);
    await untilWaiting('transactionid');
    await release();
    const responses = await Promise.all([first, second]);
    return { items: tallyItems(responses), seats: await seatsOf(competition) };
  };

  it('makes one decision of two', async () => {
    expect(await acceptAndReject()).toEqual({
      items: { PENDING: 1, ALREADY_DECIDED: 1 },
      seats: { seatsLeft: 9, waiting: 0 },
    });
  });

  it('sabotage: without it and the lock of the application, one person takes two seats', async () => {
    withoutRowLock();
    await sabotage('decide_v1', /PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, '');
    expect(await acceptAndReject()).toEqual({ items: { PENDING: 2 }, seats: { seatsLeft: 8, waiting: 0 } });
    expect(await violations()).toContain('I3');
  });
});

describe('the waitlist', () => {
  /** A seat is free and somebody waits for it, as while a long waitlist is promoted in steps. */
  const acceptPastTheWaitlist = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 1 });
    const { ids } = await applicants(3, competition);
    await staff.accept(owner, competition, ids.slice(0, 2));
    // Promoting goes on in the next step, which this test never lets begin.
    await rows('UPDATE competitions SET capacity = 2, seats_left = 1 WHERE id = $1', [competition.id]);
    return tallyItems([await staff.accept(owner, competition, ids.slice(2))]);
  };

  it('is passed by nobody who is accepted', async () => {
    expect(await acceptPastTheWaitlist()).toEqual({ WAITLISTED: 1 });
  });

  it('sabotage: without counting who waits, the accepted person passes them', async () => {
    await sabotage('decide_v1', 'v_competition.seats_left - v_competition.waiting', 'v_competition.seats_left');
    expect(await acceptPastTheWaitlist()).toEqual({ PENDING: 1 });
    expect(await violations()).toContain('I14');
  });
});

describe('one decision', () => {
  const acceptTwice = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const responses = [await staff.accept(owner, competition, ids), await staff.accept(owner, competition, ids)];
    return { items: tallyItems(responses), seats: await seatsOf(competition) };
  };

  it('is made about each application', async () => {
    expect(await acceptTwice()).toEqual({
      items: { PENDING: 1, ALREADY_DECIDED: 1 },
      seats: { seatsLeft: 9, waiting: 0 },
    });
  });

  it('sabotage: without the look at the status, the second one takes a second seat', async () => {
    await sabotage(
      'decide_v1',
      `WHEN r.status <> 'CANCELLED' AND r.status <> 'APPLIED' OR r.end_reason = 'REJECTED' THEN 'ALREADY_DECIDED'`,
      '',
    );
    expect(await acceptTwice()).toEqual({ items: { PENDING: 2 }, seats: { seatsLeft: 8, waiting: 0 } });
    expect(await violations()).toContain('I3');
  });
});

describe('a rejection', () => {
  const applyAgain = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { persons, ids } = await applicants(1, competition);
    await staff.reject(owner, competition, ids);
    return participantClient(api.url).register(persons[0]!, competition);
  };

  it('is final for the person', async () => {
    expect((await applyAgain()).body.code).toBe('ALREADY_DECIDED');
  });

  it('sabotage: without the look for it, they apply again', async () => {
    await sabotage('register_v2', 'WHEN rejected.id IS NOT NULL', 'WHEN false');
    expect((await applyAgain()).status).toBe(201);
  });
});

describe('the lock of the application', () => {
  /** A review is stopped before it commits, and the application is decided. */
  const decideMeanwhile = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    const release = await holdBefore('INSERT', 'application_reviews');
    const review = staff.review(owner, competition, ids[0]!, 5);
    await untilWaiting('advisory');
    let isDecided = false;
    const decision = staff.accept(owner, competition, ids).then(() => {
      isDecided = true;
    });
    const waits = await Promise.race([untilWaiting('transactionid').then(() => true), decision.then(() => false)]);
    expect(isDecided).toBe(!waits);
    await release();
    await Promise.all([review, decision]);
    return waits;
  };

  it('makes a decision wait for a review that is under way', async () => {
    expect(await decideMeanwhile()).toBe(true);
  });

  it('sabotage: without it, the review comes after the decision', async () => {
    rewriteStatements((text) => text.replace('FOR SHARE', ''));
    expect(await decideMeanwhile()).toBe(false);
  });
});

describe('a seat that is free for the person', () => {
  const putOnTheWaitlist = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(1, competition);
    return tallyItems([await staff.decide(owner, competition, 'WAITLIST', ids)]);
  };

  it('keeps them from the waitlist', async () => {
    expect(await putOnTheWaitlist()).toEqual({ SEATS_AVAILABLE: 1 });
  });

  it('sabotage: without the look at the seats, they wait although one is free', async () => {
    await sabotage('decide_v1', 'WHEN gets_seats THEN', "WHEN gets_seats AND decision <> 'WAITLIST' THEN");
    expect(await putOnTheWaitlist()).toEqual({ WAITLISTED: 1 });
    expect(await violations()).toContain('I14');
  });
});

describe('AP-05 the end of an application', () => {
  /** As a server of the previous version leaves. Somebody else has a seat. */
  const leaveAsBefore = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 10 });
    const { persons, ids } = await applicants(2, competition);
    await staff.accept(owner, competition, ids.slice(0, 1));
    const { id, sessionId } = persons[1] as Person;
    await rows(
      `SELECT leave_v1(ARRAY[$1::uuid], ARRAY[$2::uuid], ARRAY[$3::uuid], ARRAY[NULL::text], ARRAY[NULL::bytea],
                       ARRAY[NULL::uuid], true, 2900)`,
      [competition.id, id, sessionId],
    );
    return seatsOf(competition);
  };

  it('frees no seat, as it had none', async () => {
    expect(await leaveAsBefore()).toEqual({ seatsLeft: 9, waiting: 0 });
  });

  it('sabotage: without the look at what it was, a seat appears from nothing', async () => {
    await sabotage('end_registrations_v1', 'FILTER (WHERE holds_seat(was))', '');
    expect(await leaveAsBefore()).toEqual({ seatsLeft: 10, waiting: 0 });
    expect(await violations()).toContain('I3');
  });
});

describe('the mean of an application', () => {
  /** Another one has reviewed the second of two. */
  const orderForWhoReviewsLater = async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { ids } = await applicants(2, competition);
    const [first, later] = await people(2);
    for (const reviewer of [first!, later!]) await employ(reviewer, competition, 'REVIEWER');
    await staff.review(first!, competition, ids[1]!, 5);
    const { items } = (await staff.list(later!, competition, { sort: 'best' })).body;
    return items.map(({ registrationId }: { registrationId: string }) => ids.indexOf(registrationId));
  };

  it('is told by no order to a reviewer who has not scored it', async () => {
    expect(await orderForWhoReviewsLater()).toEqual([0, 1]);
  });

  it('sabotage: would be guessed from the place among the others', async () => {
    rewriteStatements((text) => text.replaceAll('coalesce(m.is_own, false)', 'true'));
    expect(await orderForWhoReviewsLater()).toEqual([1, 0]);
  });
});
