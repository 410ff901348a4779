import type { JobName } from './jobs.js';

/** A job that the scheduler enqueues once per slot of a cron expression. */
export interface Schedule {
  readonly job: Extract<
    JobName,
    'reminders' | 'clean-up' | 'popularity' | 'deadlines' | 'lost-senders' | 'invariants' | 'backup'
  >;
  /** In UTC, so that a change to or from daylight saving time neither skips nor repeats a run. */
  readonly cron: string;
}

interface ScheduleSettings {
  readonly cronReminderSchedule: string;
  readonly cronCleanupSchedule: string;
  readonly backupSchedule: string | null;
}

export const schedules = ({
  cronReminderSchedule,
  cronCleanupSchedule,
  backupSchedule,
}: ScheduleSettings): readonly Schedule[] => [
  { job: 'reminders', cron: cronReminderSchedule },
  { job: 'clean-up', cron: cronCleanupSchedule },
  { job: 'popularity', cron: '*/5 * * * *' },
  { job: 'deadlines', cron: '* * * * *' },
  { job: 'lost-senders', cron: '* * * * *' },
  ...(backupSchedule === null ? [] : [{ job: 'backup', cron: backupSchedule } as const]),
  { job: 'invariants', cron: '* * * * *' },
];
