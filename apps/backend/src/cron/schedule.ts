import { CronExpressionParser } from 'cron-parser';
import type { Env } from '../config/env.js';
import type { JobName } from '../queue/jobs.js';

/** One line of the timetable. Its name is the job's, and that of its runs. */
export interface Entry {
  readonly job: Extract<JobName, 'reminders' | 'clean-up' | 'popularity' | 'deadlines' | 'lost-senders'>;
  /** In UTC: summer time moves nothing, leaves nothing out and does nothing twice. */
  readonly cron: string;
}

export const timetable = ({
  cronReminderSchedule,
  cronCleanupSchedule,
}: Pick<Env, 'cronReminderSchedule' | 'cronCleanupSchedule'>): readonly Entry[] => [
  { job: 'reminders', cron: cronReminderSchedule },
  { job: 'clean-up', cron: cronCleanupSchedule },
  { job: 'popularity', cron: '*/5 * * * *' },
  { job: 'deadlines', cron: '* * * * *' },
  { job: 'lost-senders', cron: '* * * * *' },
];

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
