import { describe, expect, it } from 'vitest';
import { acceptEffect, acceptInOrder } from './application-rules.js';

const room = { free: 4, waitlist: true, holds: false };

describe('accepting applications', () => {
  it('seats a team whole or not at all, and on the waitlist it is ahead of those behind it', () => {
    expect(acceptInOrder([3, 2, 1], room)).toEqual(['PENDING', 'WAITLISTED', 'WAITLISTED']);
    expect(acceptInOrder([3, 1, 2], room)).toEqual(['PENDING', 'PENDING', 'WAITLISTED']);
  });

  it('passes a team that can neither be seated nor wait', () => {
    expect(acceptInOrder([3, 2, 1], { ...room, waitlist: false })).toEqual(['PENDING', 'APPLIED', 'PENDING']);
  });

  it('counts one seat for each person', () => {
    expect(acceptEffect(6, room)).toEqual({ seats: 4, holds: 0, places: 2, undecided: 0 });
    expect(acceptEffect(6, { ...room, waitlist: false, holds: true })).toEqual({
      seats: 0,
      holds: 4,
      places: 0,
      undecided: 2,
    });
  });
});
