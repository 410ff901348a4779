import { Id, Instant } from '@mini-compete/shared/common';
import { z } from 'zod';

/** What a job carries: ids, and what tells one occurrence from the next. Never names, addresses or tokens. */
interface JobDefinition {
  readonly queue: QueueName;
  readonly payload: z.ZodType<object>;
}

/** Queue names are keys in Redis: no colon. */
export const QUEUES = ['registration', 'reminder', 'competition', 'mail', 'account', 'schedule'] as const;
export type QueueName = (typeof QUEUES)[number];

const registration = z.strictObject({ registrationId: Id });
const slot = z.strictObject({ slot: Instant });

/** All jobs there are. Each has exactly one handler, in the feature that it belongs to. */
export const JOBS = {
  /** A seat was got: PENDING becomes CONFIRMED, and the person is told (as promoted, when they had waited). */
  confirmation: { queue: 'registration', payload: registration },
  waiting: { queue: 'registration', payload: registration },
  left: { queue: 'registration', payload: registration },
  removed: { queue: 'registration', payload: registration },

  /** One reminder per seated registration and start date. */
  notify: { queue: 'reminder', payload: z.strictObject({ registrationId: Id, startDate: Instant }) },

  /** Ends all registrations of a cancelled competition and tells everyone. */
  cancelled: { queue: 'competition', payload: z.strictObject({ competitionId: Id }) },
  /** Tells everyone active of a new date or place. */
  changed: {
    queue: 'competition',
    payload: z.strictObject({
      competitionId: Id,
      version: z.int(),
      what: z.array(z.enum(['date', 'place'])).min(1),
    }),
  },
  /** The deadline has passed: tells those who still wait. */
  'line-closed': { queue: 'competition', payload: z.strictObject({ competitionId: Id }) },

  /** One message of a mailbox, by SMTP. */
  send: { queue: 'mail', payload: z.strictObject({ messageId: Id }) },
  'reset-link': { queue: 'mail', payload: z.strictObject({ passwordResetId: Id }) },

  'new-sign-in': { queue: 'account', payload: z.strictObject({ sessionId: Id }) },

  // What the timetable enqueues; the slot names the run.
  reminders: { queue: 'schedule', payload: slot },
  'clean-up': { queue: 'schedule', payload: slot },
  popularity: { queue: 'schedule', payload: slot },
  deadlines: { queue: 'schedule', payload: slot },
  'lost-senders': { queue: 'schedule', payload: slot },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
export type Payload<Name extends JobName> = z.output<(typeof JOBS)[Name]['payload']>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

export const isJobName = (name: string): name is JobName => Object.hasOwn(JOBS, name);

/** The handler's side of the door: what was written by an older or newer server is checked again. */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): Payload<Name> {
  return JOBS[name].payload.parse(data) as Payload<Name>;
}
