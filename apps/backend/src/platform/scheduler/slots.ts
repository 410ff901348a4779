import { CronExpressionParser } from 'cron-parser';

/** The slot that a moment belongs to: the last one that has begun. */
export function slotAt(cron: string, at: Date): Date {
  // cron-parser's prev() is before the given moment; a slot begins at its own.
  return CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: new Date(at.getTime() + 1) })
    .prev()
    .toDate();
}

export const nextSlot = (cron: string, after: Date): Date =>
  CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: after }).next().toDate();

/** How late a run may be before somebody should look: one whole slot missed, and a little time to do the work. */
const GRACE_MS = 5 * 60_000;

/** Whether the last run that ended well is too long ago. */
export function isOverdue(cron: string, lastDone: Date | null, since: Date, now: Date): boolean {
  const from = lastDone ?? since;
  const due = nextSlot(cron, nextSlot(cron, from));
  return now.getTime() > due.getTime() + GRACE_MS;
}
