import { describe, expect, it } from 'vitest';
import { isOverdue, nextSlot, slotAt } from './slots.js';

const at = (text: string) => new Date(text);

describe('cron slots', () => {
  it('maps a time to the last slot that has begun; a slot includes its own beginning', () => {
    expect(slotAt('*/5 * * * *', at('2026-03-29T01:04:59.999Z'))).toEqual(at('2026-03-29T01:00:00Z'));
    expect(slotAt('*/5 * * * *', at('2026-03-29T01:05:00.000Z'))).toEqual(at('2026-03-29T01:05:00Z'));
  });

  it('ignores daylight saving time: no slot is skipped in spring or repeated in autumn', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      const slots = new Set<string>();
      for (let minute = 0; minute < 24 * 60; minute++)
        slots.add(slotAt('0 * * * *', new Date(at(`${day}T00:00:00Z`).getTime() + minute * 60_000)).toISOString());
      expect(slots.size).toBe(24);
    }
    expect(nextSlot('30 2 * * *', at('2026-03-29T00:00:00Z'))).toEqual(at('2026-03-29T02:30:00Z'));
  });

  it('reports a run as overdue once a whole slot was missed', () => {
    const done = at('2026-01-01T00:00:00Z');
    expect(isOverdue('*/5 * * * *', done, done, at('2026-01-01T00:14:59Z'))).toBe(false);
    expect(isOverdue('*/5 * * * *', done, done, at('2026-01-01T00:15:01Z'))).toBe(true);
    expect(isOverdue('0 2 * * *', null, done, at('2026-01-01T23:00:00Z'))).toBe(false);
    expect(isOverdue('0 2 * * *', null, done, at('2026-01-02T02:06:00Z'))).toBe(true);
  });
});
