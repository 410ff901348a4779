import { Id, Instant } from '@mini-compete/shared/common';
import { z } from 'zod';

interface JobDefinition {
  /** A row of the outbox may name another one, as the mail of an urgent message does. */
  readonly queue: QueueName;
  /** Ids, and what distinguishes one occurrence from the next. Never names, addresses or tokens. */
  readonly payload: z.ZodType<object>;
  /** Its handler takes many at a time: many rows of the outbox are dispatched as one job of the queue. */
  readonly batched?: true;
}

/** Part of the key names in Redis: no colons. */
export const QUEUES = [
  'registration',
  'reminder',
  'competition',
  'mail',
  'security-mail',
  'account',
  'schedule',
] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * Never throttled, and dispatched before the backlog: what keeps an account safe, and what somebody waits for at the sign-in
 * page. The index `outbox_urgent` names them too.
 */
export const URGENT_QUEUES = ['account', 'security-mail'] as const satisfies readonly QueueName[];
export const isUrgent = (queue: QueueName): boolean => (URGENT_QUEUES as readonly QueueName[]).includes(queue);

const registration = z.strictObject({ registrationId: Id });
const aboutRegistration = { queue: 'registration', payload: registration, batched: true } as const;
const aboutMember = { queue: 'registration', payload: z.strictObject({ memberId: Id }), batched: true } as const;
const staff = z.strictObject({ competitionId: Id, userId: Id, at: Instant });
const slot = z.strictObject({ slot: Instant });

/** All jobs. Each has exactly one handler, in the feature that it belongs to. */
export const JOBS = {
  /** A registration got a seat: PENDING becomes CONFIRMED, and the person gets a message (PROMOTED after the waitlist). */
  confirmation: aboutRegistration,
  waiting: aboutRegistration,
  applied: aboutRegistration,
  /** A person got a seat that has to be confirmed. */
  held: aboutRegistration,
  expired: aboutRegistration,
  /** Enqueued some seconds later than the others, because a rejection can be taken back. */
  rejected: aboutRegistration,
  left: aboutRegistration,
  removed: aboutRegistration,
  /** The registration of a team ended, because it was too small when the teams were fixed. */
  'team-too-small': aboutRegistration,
  'team-below-minimum': aboutRegistration,
  'team-joined': aboutMember,
  'team-left': aboutMember,
  /** The member is captain now. */
  'team-captain': aboutMember,
  /** The person did not come, and the seat was released. */
  'no-show': aboutRegistration,

  /** One reminder per seated registration and start date. */
  notify: { queue: 'reminder', payload: z.strictObject({ registrationId: Id, startDate: Instant }) },

  /** A day and an hour before a hold ends: one message each. */
  'hold-ending': {
    queue: 'reminder',
    payload: z.strictObject({ registrationId: Id, heldUntil: Instant, lead: z.enum(['day', 'hour']) }),
  },

  /** Runs a pending removal, unless it was undone. */
  'remove-several': { queue: 'competition', payload: z.strictObject({ actId: Id }) },
  /** Releases the seats of people who have not come, unless it was undone. */
  'release-no-shows': { queue: 'competition', payload: z.strictObject({ actId: Id }) },
  /** Freezes the recipients of an announcement, unless it was undone, and writes their messages. */
  announce: { queue: 'competition', payload: z.strictObject({ announcementId: Id, actId: Id }) },
  /** An announcement to its author, before it is sent. `testId` distinguishes the tests. */
  'announcement-test': {
    queue: 'competition',
    payload: z.strictObject({ announcementId: Id, userId: Id, testId: Id }),
  },
  /** Ends all registrations of a canceled competition and sends everyone a message. */
  cancelled: { queue: 'competition', payload: z.strictObject({ competitionId: Id }) },
  /** Sends everyone with an active registration the new date or place. */
  changed: {
    queue: 'competition',
    payload: z.strictObject({
      competitionId: Id,
      version: z.int(),
      what: z.array(z.enum(['date', 'place'])).min(1),
    }),
  },
  /** The time by which decisions were promised has passed: sends a message to everyone who is undecided. */
  'decisions-late': { queue: 'competition', payload: z.strictObject({ competitionId: Id }) },
  /** Nobody is promoted anymore: sends a message to everyone who is still on the waitlist. */
  'line-closed': { queue: 'competition', payload: z.strictObject({ competitionId: Id }) },

  // Changes of the staff of a competition. `at` distinguishes the occurrences.
  'staff-invited': { queue: 'competition', payload: z.strictObject({ invitationId: Id, at: Instant }) },
  'staff-joined': { queue: 'competition', payload: staff },
  'staff-role-changed': { queue: 'competition', payload: staff },
  'staff-removed': { queue: 'competition', payload: staff },
  /** The mail of an invitation to an address without an account, which has no mailbox. */
  'staff-invitation-mail': { queue: 'mail', payload: z.strictObject({ invitationId: Id, at: Instant }) },

  // Invitations to a competition. `at` is when it was last sent, and distinguishes the occurrences.
  invited: { queue: 'competition', payload: z.strictObject({ invitationId: Id, at: Instant }) },
  /** It was withdrawn, or its competition canceled. */
  'invitation-withdrawn': { queue: 'competition', payload: z.strictObject({ invitationId: Id, at: Instant }) },
  'invitation-expired': { queue: 'competition', payload: z.strictObject({ invitationId: Id, at: Instant }) },
  /** The mail of one of the first two to an address without an account. */
  'invitation-mail': {
    queue: 'mail',
    payload: z.strictObject({ invitationId: Id, at: Instant, kind: z.enum(['INVITED', 'INVITATION_WITHDRAWN']) }),
  },
  /** Of the third one. Its own name: workers of the previous release know only the two kinds of the other. */
  'invitation-expired-mail': { queue: 'mail', payload: z.strictObject({ invitationId: Id, at: Instant }) },
  /** Seats or invites the people of a committed import. */
  import: { queue: 'competition', payload: z.strictObject({ importId: Id }) },

  /** One message of a mailbox, by SMTP. */
  send: { queue: 'mail', payload: z.strictObject({ messageId: Id }) },
  'reset-link': { queue: 'security-mail', payload: z.strictObject({ passwordResetId: Id }) },

  /** The code and the link that prove an address. */
  'verify-email': { queue: 'security-mail', payload: z.strictObject({ verificationId: Id }) },
  /** The message to the old address of an account, which is about to be replaced. */
  'address-changed': { queue: 'account', payload: z.strictObject({ verificationId: Id }) },

  /** Writes the file with all data of an account. */
  export: { queue: 'account', payload: z.strictObject({ exportId: Id }) },
  /** What is left to erase of an account after its owner has erased it. */
  'erase-rest': { queue: 'account', payload: z.strictObject({ userId: Id }) },
  'new-sign-in': { queue: 'account', payload: z.strictObject({ sessionId: Id }) },

  // Enqueued by the scheduler; the slot identifies the run.
  reminders: { queue: 'schedule', payload: slot },
  'clean-up': { queue: 'schedule', payload: slot },
  popularity: { queue: 'schedule', payload: slot },
  deadlines: { queue: 'schedule', payload: slot },
  'lost-senders': { queue: 'schedule', payload: slot },
  backup: { queue: 'schedule', payload: slot },
  invariants: { queue: 'schedule', payload: slot },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
export type Payload<Name extends JobName> = z.output<(typeof JOBS)[Name]['payload']>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

export const BATCHED_JOBS: ReadonlySet<JobName> = new Set(JOB_NAMES.filter((job) => 'batched' in JOBS[job]));

export const isJobName = (name: string): name is JobName => Object.hasOwn(JOBS, name);

/** Validates again on the handler's side: an older or newer server may have written the payload. */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): Payload<Name> {
  return JOBS[name].payload.parse(data) as Payload<Name>;
}
