import { CronExpressionParser } from 'cron-parser';

/** The slot that `at` belongs to: the last one that has begun. */
export function slotAt(cron: string, at: Date): Date {
  // cron-parser's prev() is strictly before the given time, but a slot includes its own beginning.
  return CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: new Date(at.getTime() + 1) })
    .prev()
    .toDate();
}

export const nextSlot = (cron: string, after: Date): Date =>
  CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: after }).next().toDate();

/** How long a run may take before it counts as missing. */
const RUN_TIME_MS = 5 * 60_000;

/** Whether a whole slot was missed since the last successful run, or since `since` if there was none. */
export function isOverdue(cron: string, lastDone: Date | null, since: Date, now: Date): boolean {
  const from = lastDone ?? since;
  const due = nextSlot(cron, nextSlot(cron, from));
  return now.getTime() > due.getTime() + RUN_TIME_MS;
}
