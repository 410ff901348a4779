import { AUDIENCE_STATUSES } from '@mini-compete/shared/announcement-texts';
import type { Announcement, Audience } from '@mini-compete/shared/announcements';
import { expect, it } from 'vitest';
import { AUDIENCE_GROUPS, audienceGroups, groupsOf, statusesOf } from './audience';
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

it('offers what concerns teams alone only in competitions for teams, unless a draft has it', () => {
  expect(audienceGroups(true, [])).toEqual(AUDIENCE_GROUPS);
  expect(audienceGroups(false, [])).not.toContain('TEAM_TOO_SMALL');
  expect(audienceGroups(false, ['TEAM_TOO_SMALL'])).toEqual(AUDIENCE_GROUPS);
});

it.each([true, false, undefined])(
  'TM-24, CI-13: keeps teams and check-in of a draft while it is edited: %s',
  (checkedIn) => {
    const teams = ['01930000-0000-7000-8000-000000000002'];
    const audience: Audience = { statuses: ['WAITLISTED'], teams, ...(checkedIn !== undefined && { checkedIn }) };
    const values = { subject: 'S', body: 'B', onPage: true };
    expect(inputOf(valuesOf({ ...values, audience } as Announcement)).audience).toEqual(audience);
  },
);
