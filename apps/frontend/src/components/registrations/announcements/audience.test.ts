import { AUDIENCE_STATUSES } from '@mini-compete/shared/announcement-texts';
import type { Announcement, Audience } from '@mini-compete/shared/announcements';
import { expect, it } from 'vitest';
import { AUDIENCE_GROUPS, groupsOf, statusesOf } from './audience';
import { inputOf, valuesOf } from './draft-form';

it('offers each status in one group, and registered people as one', () => {
  expect(AUDIENCE_GROUPS).toContain('SEATED');
  expect(statusesOf(AUDIENCE_GROUPS)).toEqual([...AUDIENCE_STATUSES]);
  expect(statusesOf(['SEATED'])).toEqual(['PENDING', 'CONFIRMED']);
});

it('shows the groups of a stored audience', () => {
  expect(groupsOf({ everyone: true })).toEqual([]);
  expect(groupsOf({ statuses: ['CONFIRMED', 'LEFT'] })).toEqual(['SEATED', 'LEFT']);
});

it('TM-24: keeps the teams of a draft while it is edited', () => {
  const audience: Audience = { statuses: ['WAITLISTED'], teams: ['01930000-0000-7000-8000-000000000002'] };
  const values = { subject: 'S', body: 'B', onPage: true };
  expect(inputOf(valuesOf({ ...values, audience } as Announcement)).audience).toEqual(audience);
});
