import { describe, expect, it } from 'vitest';
import { differs, entryOf, hasEndedSince, resultFor } from './scan.rules';
import type { StoredScan } from './stored-scan';

const TAKEN_AT = '2026-11-27T10:00:00.000Z';
const at = (time: string) => `2026-11-27T${time}.000Z`;
const scan = (changes: Partial<StoredScan> = {}): StoredScan => ({
  id: 's1',
  competitionId: 'c1',
  kind: 'CHECK_IN',
  registrationId: 'r1',
  userId: 'u1',
  ticket: null,
  at: at('10:05:00'),
  snapshotAt: TAKEN_AT,
  door: 'Main entrance',
  shown: 'WELCOME',
  state: 'UNSENT',
  receivedAt: null,
  answer: null,
  refusal: null,
  ...changes,
});
const answered = (result: 'WELCOME' | 'ALREADY_IN' | 'ENDED' | 'UNDONE', time: string, door = 'Side entrance') =>
  scan({
    state: 'SENT',
    receivedAt: at('10:06:00'),
    answer: { result, entry: result === 'ENDED' ? null : { scanId: 's2', at: at(time), door } },
  });
const notIn = { entry: null };
const inAt = (time: string) => ({ entry: { at: new Date(at(time)), door: 'Side entrance' } });

describe('what a door says about a person', () => {
  it.each([
    ['SEATED', 'WELCOME'],
    ['HELD', 'NOT_DECIDED'],
    ['WAITLISTED', 'NOT_DECIDED'],
    ['APPLIED', 'NOT_DECIDED'],
    ['ENDED', 'ENDED'],
  ] as const)('%s, and not in yet: %s', (status, kind) => {
    expect(resultFor({ status }, null)).toEqual({ kind, entry: null });
  });

  it('somebody who came in and then lost the seat is already in, and after the end of the registration it has ended', () => {
    const entry = { at: at('10:01:00'), door: 'Main entrance' };
    expect(resultFor({ status: 'SEATED' }, entry)).toEqual({ kind: 'ALREADY_IN', entry });
    expect(resultFor({ status: 'WAITLISTED' }, entry)).toEqual({ kind: 'ALREADY_IN', entry });
    expect(resultFor({ status: 'ENDED' }, entry)).toEqual({ kind: 'ENDED', entry });
  });
});

it('the registration has ended if the server has said so since the list was taken', () => {
  const ended = answered('ENDED', '10:05:00');
  expect(hasEndedSince(TAKEN_AT, [scan(), ended])).toBe(true);
  expect(hasEndedSince(at('10:06:01'), [ended])).toBe(false);
  expect(hasEndedSince(TAKEN_AT, [scan(), answered('WELCOME', '10:05:00')])).toBe(false);
  // What the door itself has said is not what the server knows.
  expect(hasEndedSince(TAKEN_AT, [{ ...ended, kind: 'TURNED_AWAY' }])).toBe(false);
});

describe('the entry of a person', () => {
  it('is the earliest of the list and of the scans of this browser', () => {
    expect(entryOf(notIn, TAKEN_AT, [])).toBeNull();
    expect(entryOf(inAt('09:00:00'), TAKEN_AT, [scan()])).toEqual({ at: at('09:00:00'), door: 'Side entrance' });
    expect(entryOf(notIn, TAKEN_AT, [scan({ at: at('10:07:00') }), scan()])).toEqual({
      at: at('10:05:00'),
      door: 'Main entrance',
    });
  });

  it('is what the server has answered, once it has', () => {
    expect(entryOf(notIn, TAKEN_AT, [answered('ALREADY_IN', '09:59:00')])).toEqual({
      scanId: 's2',
      at: at('09:59:00'),
      door: 'Side entrance',
    });
    expect(entryOf(notIn, TAKEN_AT, [answered('ENDED', '09:59:00')])).toBeNull();
    expect(entryOf(notIn, TAKEN_AT, [answered('UNDONE', '09:59:00')])).toBeNull();
  });

  it('is not a scan by which somebody was turned away', () => {
    const turnedAway = scan({ kind: 'TURNED_AWAY', shown: null });
    expect(entryOf(notIn, TAKEN_AT, [turnedAway])).toBeNull();
    expect(differs({ ...turnedAway, state: 'SENT', answer: { result: 'ENDED', entry: null } })).toBe(false);
  });

  it('is not a scan before an undo, and is one after it', () => {
    const undo = scan({ id: 's9', kind: 'UNDO', at: at('10:06:00') });
    expect(entryOf(inAt('09:00:00'), TAKEN_AT, [scan(), undo])).toBeNull();
    const again = scan({ id: 's10', at: at('10:08:00') });
    expect(entryOf(inAt('09:00:00'), TAKEN_AT, [scan(), undo, again])?.at).toBe(at('10:08:00'));
    // The clock of this device is behind.
    expect(entryOf(inAt('10:30:00'), TAKEN_AT, [scan(), undo])).toBeNull();
  });

  it('is not a scan that a newer list no longer has, because a manager has undone it', () => {
    const sent = answered('WELCOME', '10:05:00');
    expect(entryOf(notIn, at('10:06:04'), [sent])).not.toBeNull();
    expect(entryOf(notIn, at('10:20:00'), [sent])).toBeNull();
    expect(entryOf(notIn, at('10:20:00'), [scan()])).not.toBeNull();
  });
});

it('shows what the server refused, and whom it let in although the server knows better', () => {
  expect(differs(scan())).toBe(false);
  expect(differs(answered('WELCOME', '10:05:00'))).toBe(false);
  expect(differs(answered('UNDONE', '10:05:00'))).toBe(false);
  expect(differs(answered('ENDED', '10:05:00'))).toBe(true);
  expect(differs(answered('ALREADY_IN', '10:01:00'))).toBe(true);
  expect(differs({ ...answered('ALREADY_IN', '10:01:00'), shown: 'ALREADY_IN' })).toBe(false);
  expect(differs({ ...answered('ALREADY_IN', '10:01:00'), shown: null })).toBe(false);
  expect(differs(scan({ state: 'REFUSED', refusal: 'no' }))).toBe(true);
});
