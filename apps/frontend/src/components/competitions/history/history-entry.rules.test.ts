import { CATALOGS } from '@mini-compete/messages/catalog';
import type { HistoryEntry } from '@mini-compete/shared/history';
import { LANGUAGES } from '@mini-compete/shared/languages';
import { describe, expect, it } from 'vitest';
import { sentenceOf, shownChanges } from './history-entry.rules';

const entry = (action: string, rest: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: '1',
  at: '2026-11-26T10:00:00.000Z',
  action,
  actor: { id: 'a', name: 'Ada' },
  person: { id: 'b', name: 'Ben' },
  count: null,
  note: null,
  changes: [],
  ...rest,
});
const status = (before: string | null, after: string | null) => ({ changes: [{ field: 'status', before, after }] });
const role = (before: string | null, after: string | null) => ({ changes: [{ field: 'role', before, after }] });

describe('the sentence about an entry of the history', () => {
  it.each(LANGUAGES)('has a word between two names, which would read as one: %s', (language) => {
    const sentences = Object.values(CATALOGS[language].history.entry);
    expect(sentences.filter((sentence) => /><\/\w+>\s*<\w+>/.test(sentence))).toEqual([]);
  });

  it('distinguishes a seat from a position on the waitlist', () => {
    expect(sentenceOf(entry('registration.left', status('SEATED', 'ENDED')))).toBe('left');
    expect(sentenceOf(entry('registration.left', status('WAITLISTED', 'ENDED')))).toBe('leftWaitlist');
    expect(sentenceOf(entry('registration.reinstated', status('ENDED', 'WAITLISTED')))).toBe('reinstatedWaiting');
  });

  it('says what became of an application and of a hold', () => {
    expect(sentenceOf(entry('registration.accepted', status('APPLIED', 'SEATED')))).toBe('accepted');
    expect(sentenceOf(entry('registration.accepted', status('APPLIED', 'HELD')))).toBe('acceptedHeld');
    expect(sentenceOf(entry('registration.accepted', status('APPLIED', 'WAITLISTED')))).toBe('acceptedWaiting');
    expect(sentenceOf(entry('registration.promoted', status('WAITLISTED', 'HELD')))).toBe('promotedHeld');
    expect(sentenceOf(entry('registration.left', status('APPLIED', 'ENDED')))).toBe('withdrew');
    expect(sentenceOf(entry('registration.left', status('HELD', 'ENDED')))).toBe('declined');
    expect(sentenceOf(entry('registration.reinstated', status('ENDED', 'APPLIED')))).toBe('reinstatedApplied');
  });

  it('says of a staff action what it changes, whatever the action is called', () => {
    expect(sentenceOf(entry('staff.appointed', role(null, 'MANAGER')))).toBe('staffAdded');
    expect(sentenceOf(entry('staff.removed', role('MANAGER', null)))).toBe('staffRemoved');
    expect(sentenceOf(entry('staff.demoted', role('OWNER', 'MANAGER')))).toBe('staffChanged');
  });

  it('names nobody whom an invitation is for, and nobody whose account is gone', () => {
    expect(sentenceOf(entry('staff.invited', { person: null, ...role(null, 'SCANNER') }))).toBe('staffInvited');
    expect(sentenceOf(entry('staff.withdrawn', { person: null }))).toBe('staffWithdrawn');
    expect(sentenceOf(entry('staff.joined', role(null, 'SCANNER')))).toBe('staffJoined');
    expect(sentenceOf(entry('staff.left', role('SCANNER', null)))).toBe('staffLeft');
    expect(sentenceOf(entry('registration.erased', status('SEATED', 'ENDED')))).toBe('erased');
  });

  it('says what happens in a team, and of its registration what it says of a person’s', () => {
    const team = { person: null, team: { id: 'team', name: 'Rowers' } };
    expect(sentenceOf(entry('team.created', team))).toBe('teamCreated');
    expect(sentenceOf(entry('team.removed', { team: team.team }))).toBe('teamRemoved');
    expect(sentenceOf(entry('team.no-show', { team: team.team }))).toBe('teamNoShow');
    expect(sentenceOf(entry('registration.seated', team))).toBe('seated');
    expect(sentenceOf(entry('registration.team-too-small', team))).toBe('teamTooSmall');
    expect(sentenceOf(entry('something.new', team))).toBe('otherAbout');
  });

  it('is neutral about an action that this version does not know', () => {
    expect(sentenceOf(entry('something.new'))).toBe('otherAbout');
    expect(sentenceOf(entry('something.new', { person: null }))).toBe('other');
    const visibility = { person: null, changes: [{ field: 'visibility', before: 'DRAFT', after: 'PUBLIC' }] };
    expect(sentenceOf(entry('competition.published', visibility))).toBe('edited');
  });

  it('does not repeat a status that it says in words', () => {
    expect(shownChanges(entry('registration.left', status('SEATED', 'ENDED')))).toEqual([]);
    expect(shownChanges(entry('staff.left', role('MANAGER', null)))).toHaveLength(1);
  });
});
