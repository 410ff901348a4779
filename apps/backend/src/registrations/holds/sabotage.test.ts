import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, aPerson, inHours, people, registerMany } from '../../../test/support/factories.js';
import { endHoldsIn, endHoldUnderLock, holdSeats } from '../../../test/support/holds.js';
import { tally } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { registrationsOf, rows } from '../../../test/support/queries.js';
import { sabotage, untilWaiting, withoutRowLock } from '../../../test/support/sabotage.js';

/** Removes each protection of holds once, and expects the damage that it prevents. The tests beside it have them all. */
let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const withHolds = (capacity: number) => aCompetition({ capacity, confirmWithinSeconds: 3600, startDate: inHours(48) });

/** Confirms in time, but gets the lock after the end, from somebody who has done what was due. */
async function confirmBehindLock() {
  const competition = await withHolds(1);
  const person = await aPerson();
  await holdSeats([person], competition, '1 hour');
  const holder = await lockCompetition(competition);
  const inTime = participantClient(api.url).confirm(person, competition);
  await untilWaiting('transactionid');
  await endHoldUnderLock(holder, person, competition);
  await holder.release();
  return inTime;
}

describe('holds', () => {
  it('HO-01: who arrived in time is in with all protections in place', async () => {
    expect((await confirmBehindLock()).status).toBe(200);
  });

  it('sabotage of HO-01: without the 3 s of grace, the seat is gone for somebody who arrived in time', async () => {
    await sabotage('expiry_due_at', ` + '00:00:03'::interval`, '');
    await sabotage('settle_v1', ` - interval '3 seconds'`, '');
    expect((await confirmBehindLock()).body.code).toBe('HOLD_EXPIRED');
  });

  it('sabotage of HO-01: without the time that it has waited, a request counts as late', async () => {
    await sabotage('confirm_v1', ` - p_waited_ms * interval '1 millisecond'`, '');
    expect((await confirmBehindLock()).body.code).toBe('HOLD_EXPIRED');
  });

  /** While somebody who has the lock cancels the competition. */
  async function confirmWhileCanceled() {
    const competition = await withHolds(1);
    const person = await aPerson();
    await holdSeats([person], competition, '1 hour');
    const holder = await lockCompetition(competition);
    await holder.query('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    const confirming = participantClient(api.url).confirm(person, competition);
    const first = await Promise.race([confirming, untilWaiting('transactionid')]);
    await holder.release();
    return { confirmed: await confirming, hasWaited: first === undefined };
  }

  it('confirming waits for the lock of the competition, and is refused when it was canceled meanwhile', async () => {
    const { confirmed, hasWaited } = await confirmWhileCanceled();
    expect([confirmed.body.code, hasWaited]).toEqual(['COMPETITION_CANCELLED', true]);
  });

  it('sabotage: without the lock of the competition, a seat is confirmed that has just been canceled', async () => {
    withoutRowLock();
    onTestFinished(() => void vi.restoreAllMocks());
    expect((await confirmWhileCanceled()).confirmed.status).toBe(200);
  });

  it('sabotage: decided once, a request gets "full" although a seat is due', async () => {
    await sabotage('register_v2', `WHEN may_get_free THEN 'SKIPPED'`, '');
    const competition = await withHolds(600);
    await holdSeats(await people(600), competition, '1 hour');
    await registerMany(await people(500), competition, { join: true });
    await endHoldsIn(competition, '-4 seconds');
    const { register } = participantClient(api.url);
    const presses = await Promise.all((await people(20)).map((person) => register(person, competition)));
    expect(tally(presses).COMPETITION_FULL).toBeGreaterThan(0);
  });

  it('sabotage: without promotion as of the expiry, a late sweep costs the first on the waitlist their seat', async () => {
    const competition = await withHolds(1);
    const first = await aPerson();
    await holdSeats([await aPerson()], competition, '1 hour');
    await participantClient(api.url).join(first, competition);
    await rows(
      `UPDATE competitions SET reg_deadline = now() - interval '2 hours', promote_until = now() - interval '1 hour' WHERE id = $1`,
      [competition.id],
    );
    await endHoldsIn(competition, '-61 minutes');
    await sabotage('settle_v1', 'SET next_due_at = coalesce(next_due_at, v_now)', 'SET next_due_at = next_due_at');
    await rows('SELECT settle_v1($1)', [competition.id]);
    expect((await registrationsOf(competition)).at(-1)?.status).toBe('WAITLISTED');
  });
});
