import { AUDIENCE_STATUSES } from '@mini-compete/shared/announcement-texts';
import { expect, it } from 'vitest';
import { AUDIENCE_GROUPS, groupsOf, statusesOf } from './audience';

it('offers each status in one group, and registered people as one', () => {
  expect(AUDIENCE_GROUPS).toContain('SEATED');
  expect(statusesOf(AUDIENCE_GROUPS)).toEqual([...AUDIENCE_STATUSES]);
  expect(statusesOf(['SEATED'])).toEqual(['PENDING', 'CONFIRMED']);
});

it('shows the groups of a stored audience', () => {
  expect(groupsOf({ everyone: true })).toEqual([]);
  expect(groupsOf({ statuses: ['CONFIRMED', 'LEFT'] })).toEqual(['SEATED', 'LEFT']);
});
