import { describe, expect, it } from 'vitest';
import { errorsIn, validate } from './competition-form';
import {
  bodyFields,
  changedFields,
  conflictingFields,
  newCompetition,
  splitTags,
  toBody,
  toLocal,
} from './form-values';

const NOW = new Date('2026-12-01T12:00:00Z');
const filled = { ...newCompetition(NOW), title: 'Pub quiz', capacity: '1 200', tags: 'Quiz, pub  quiz' };
/** Shows which text is meant. */
const keyOf = ((key: string) => key) as unknown as Parameters<typeof validate>[2];
const errorsOf = (changes: object) =>
  Object.fromEntries(
    Object.entries(validate({ ...filled, ...changes }, true, keyOf, NOW.getTime())).map(([field, error]) => [
      field,
      error.message,
    ]),
  );

it('converts the fields to the body of the request', () => {
  expect(toBody(filled)).toMatchObject({
    title: 'Pub quiz',
    capacity: 1200,
    tags: ['quiz', 'pub'],
    startDate: null,
    waitlist: true,
  });
  expect(errorsOf({})).toEqual({});
});

it.each(['0', '-1', '1.5e3', 'many', '', '2000000'])('rejects %j seats beside the field', (capacity) => {
  expect(Object.keys(errorsOf({ capacity }))).toEqual(['capacity']);
});

describe('U18 everything that is wrong is said at once', () => {
  it('whatever kind of rule it is', () => {
    expect(
      errorsOf({
        title: '',
        capacity: '',
        regDeadline: '2026-11-01T12:00',
        startDate: '',
        endDate: '2026-12-20T12:00',
      }),
    ).toEqual({
      title: 'required',
      capacity: 'invalid',
      regDeadline: 'rule.deadlineInFuture',
      endDate: 'rule.endNeedsStart',
    });
  });

  it('an empty or half-typed date asks for date and time, and for nothing else', () => {
    expect(errorsOf({ regDeadline: '' })).toEqual({ regDeadline: 'required' });
    expect(errorsOf({ startDate: '2026-12-20' })).toEqual({ startDate: 'dateTime' });
    expect(errorsOf({ startDate: 'tomorrow', endDate: '2026-12-20T12:00' })).toEqual({ startDate: 'dateTime' });
  });
});

describe('U9 a conflict', () => {
  const mine = { ...filled, title: 'Mine', location: 'Hall 1' };

  it('is a field that both have changed', () => {
    expect(conflictingFields(filled, mine, { ...filled, title: 'Theirs', capacity: '9' })).toEqual(['title']);
  });

  it('is not a field that only one has changed, or both in the same way', () => {
    expect(conflictingFields(filled, mine, { ...filled, capacity: '9' })).toEqual([]);
    expect(conflictingFields(filled, mine, { ...filled, title: 'Mine', description: 'New' })).toEqual([]);
  });
});

it('converts an instant to local time and back', () => {
  const iso = '2026-07-01T16:30:00.000Z';
  expect(toBody({ ...filled, startDate: toLocal(iso) }).startDate).toBe(iso);
});

it('ignores differences in the format of tags', () => {
  expect(changedFields({ ...filled, tags: 'a, b' }, { ...filled, tags: 'a,b' })).toEqual([]);
  expect(changedFields({ ...filled, title: 'Other' }, filled)).toEqual(['title']);
  expect(splitTags(' A; b,, a، c ')).toEqual(['a', 'b', 'c']);
});

describe('who gets in', () => {
  it('needs a start for applications and confirmations, and says so in the section that asks for it', () => {
    const byApplication = { ...filled, admissionMode: 'APPROVAL' as const };
    expect(errorsOf(byApplication)).toEqual({ startDate: 'rule.startNeeded' });
    expect(errorsOf({ confirmWithinHours: '24' })).toEqual({ startDate: 'rule.startNeeded' });
    const shownIn = (fields: readonly (keyof typeof filled)[], values: typeof filled) =>
      Object.keys(errorsIn(fields, validate(values, true, keyOf, NOW.getTime()), values));
    const section = ['admissionMode', 'decisionsBy', 'confirmWithinHours', 'promoteUntil'] as const;
    expect(shownIn(section, byApplication)).toEqual(['admissionMode']);
    expect(shownIn(section, { ...filled, confirmWithinHours: '24' })).toEqual(['confirmWithinHours']);
    expect(shownIn(['regDeadline', 'startDate'], byApplication)).toEqual(['startDate']);
  });

  it('shows beside the closing date that people would stop being promoted before it', () => {
    const values = { ...filled, promoteUntil: '2026-12-02T12:00' };
    const errors = validate(values, true, keyOf, NOW.getTime());
    expect(Object.keys(errorsIn(['promoteUntil'], errors, values))).toEqual(['promoteUntil']);
    expect(Object.keys(errorsIn(['regDeadline'], errors, values))).toEqual(['regDeadline']);
  });

  it('takes whole hours or nothing, and no date that is not shown', () => {
    expect(toBody({ ...filled, confirmWithinHours: ' 48 ' }).confirmWithinHours).toBe(48);
    expect(toBody(filled).confirmWithinHours).toBeNull();
    expect(Object.keys(errorsOf({ confirmWithinHours: '1.5', startDate: '2026-12-20T12:00' }))).toEqual([
      'confirmWithinHours',
    ]);
    expect(toBody({ ...filled, decisionsBy: 'soon' }).decisionsBy).toBeNull();
  });
});

describe('persons or teams', () => {
  const forTeams = {
    ...filled,
    participants: 'TEAMS' as const,
    teamMin: '2',
    teamMax: '5',
    startDate: '2026-12-20T12:00',
  };

  it('says sizes and lock of teams only where it is for teams', () => {
    expect(toBody(forTeams)).toMatchObject({ teamMin: 2, teamMax: 5, seatUnit: 'PERSON', teamsLockAt: null });
    const changedBack = {
      ...forTeams,
      participants: 'PERSONS' as const,
      seatUnit: 'TEAM' as const,
      teamsLockAt: 'soon',
    };
    expect(toBody(changedBack)).toMatchObject({ teamMin: null, teamMax: null, seatUnit: 'PERSON', teamsLockAt: null });
    expect(bodyFields(['participants'])).toEqual(['teamMin', 'teamMax', 'seatUnit', 'teamsLockAt']);
    expect(bodyFields(['title', 'teamsLockAt'])).toEqual(['title', 'teamsLockAt']);
  });

  it('needs both sizes, the smaller one first, and seats for the largest team', () => {
    expect(errorsOf(forTeams)).toEqual({});
    expect(Object.keys(errorsOf({ ...forTeams, teamMax: '' }))).toEqual(['teamMax']);
    expect(Object.keys(errorsOf({ ...forTeams, teamMin: '0' }))).toEqual(['teamMin']);
    expect(errorsOf({ ...forTeams, teamMin: '6' })).toEqual({ teamMax: 'rule.boundsInOrder' });
    expect(errorsOf({ ...forTeams, capacity: '4' })).toEqual({ capacity: 'rule.capacityFitsTeam' });
    expect(errorsOf({ ...forTeams, capacity: '4', seatUnit: 'TEAM' })).toEqual({});
    expect(errorsOf({ ...forTeams, teamsLockAt: '2026-12-21T12:00' })).toEqual({ teamsLockAt: 'rule.lockBeforeStart' });
  });

  it('shows in the section that causes it that a start is missing, or seats for the largest team', () => {
    const shownIn = (fields: readonly (keyof typeof filled)[], values: typeof filled) =>
      Object.keys(errorsIn(fields, validate(values, true, keyOf, NOW.getTime()), values));
    const section = ['participants', 'teamMin', 'teamMax', 'seatUnit', 'teamsLockAt'] as const;
    expect(shownIn(section, { ...forTeams, startDate: '' })).toEqual(['participants']);
    expect(shownIn(['admissionMode', 'confirmWithinHours'], { ...forTeams, startDate: '' })).toEqual([]);
    expect(shownIn(section, { ...forTeams, capacity: '4' })).toEqual(['teamMax']);
    expect(shownIn(['startDate'], { ...forTeams, teamsLockAt: '2026-12-21T12:00' })).toEqual(['startDate']);
  });
});
