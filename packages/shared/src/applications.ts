import { z } from 'zod';
import { DECISIONS_MAX, REVIEW_NOTE_MAX } from './application-rules.js';
import { Id, Instant, multiLineText, PageQuery, pageOf, searchText, singleLineText } from './common.js';
import { ERROR_CODES } from './errors.js';
import { answerFilter } from './questions.js';
import { HOLDING, WAITLISTED } from './registration-status.js';
import { EndReason, RegistrationStatus } from './seats.js';
import { rule } from './validation-rules.js';

export const ReviewApplication = z
  .strictObject({
    /** From 1 (weak) to 5 (excellent). */
    score: z.int().min(1).max(5),
    note: multiLineText(REVIEW_NOTE_MAX)
      .transform((note) => note.trim() || null)
      .nullable()
      .default(null),
  })
  .meta({ id: 'ReviewApplication' });
export type ReviewApplication = z.infer<typeof ReviewApplication>;

export const ApplicationReview = z
  .object({
    /** The name is null once the account is deleted. */
    reviewer: z.object({ id: Id, name: z.string().nullable() }),
    score: z.int(),
    note: z.string().nullable(),
    updatedAt: Instant,
  })
  .meta({ id: 'ApplicationReview' });
export type ApplicationReview = z.infer<typeof ApplicationReview>;

/** As the page shows them: the reader's own review does not depend on what others think. */
const Reviews = z.object({
  count: z.int(),
  mean: z.number().nullable(),
  items: z.array(ApplicationReview),
});

export const Application = z
  .object({
    registrationId: Id,
    /** Of a team: its captain. */
    userId: Id,
    /** Of a person or a team. */
    name: z.string(),
    /** How many seats it takes. Servers of the previous release do not send it. */
    seats: z.int().optional(),
    team: z
      .object({
        id: Id,
        name: z.string(),
        captainId: Id,
        members: z.array(z.object({ userId: Id, name: z.string() })),
      })
      .optional(),
    status: RegistrationStatus,
    appliedAt: Instant,
    decidedAt: Instant.nullable(),
    heldUntil: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    /** What a rejected person was told. */
    reason: z.string().nullable(),
    myReview: z.object({ score: z.int(), note: z.string().nullable() }).nullable(),
    /** All reviews. Null until the reader has given one, or the application is decided. */
    reviews: Reviews.nullable(),
  })
  .meta({ id: 'Application' });
export type Application = z.infer<typeof Application>;

/** `left`: who has left, was removed or let a hold expire. */
export const ApplicationFilter = z.enum(['undecided', 'accepted', 'waiting', 'rejected', 'left', 'all']);
export type ApplicationFilter = z.infer<typeof ApplicationFilter>;

/** Undecided applications come first. `best`: by the mean of those reviews that the reader may see. */
export const ApplicationSort = z.enum(['oldest', 'newest', 'best']);
export type ApplicationSort = z.infer<typeof ApplicationSort>;

export const ApplicationsQuery = z.strictObject({
  ...PageQuery.shape,
  show: ApplicationFilter.default('all'),
  /** Whether the reader has reviewed them. */
  reviewed: z.enum(['yes', 'no']).optional(),
  search: searchText(200).optional(),
  ...answerFilter,
  sort: ApplicationSort.default('oldest'),
});
export type ApplicationsQuery = z.infer<typeof ApplicationsQuery>;

/** What deciding would meet now. */
export const Room = z
  .object({
    /** Seats that nobody has and nobody on the waitlist is ahead for. */
    free: z.int().min(0),
    /** Whether people who get no seat go on the waitlist. Otherwise they stay undecided. */
    waitlist: z.boolean(),
    /** Whether a seat has to be confirmed. */
    holds: z.boolean(),
  })
  .meta({ id: 'Room' });
export type Room = z.infer<typeof Room>;

export const ApplicationPage = pageOf(Application)
  .extend({
    counts: z.object({
      undecided: z.int(),
      accepted: z.int(),
      waiting: z.int(),
      rejected: z.int(),
      left: z.int(),
    }),
    room: Room,
  })
  .meta({ id: 'ApplicationPage' });
export type ApplicationPage = z.infer<typeof ApplicationPage>;

export const Decision = z.enum(['ACCEPT', 'REJECT', 'WAITLIST']).meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;

export const DecideApplications = z
  .strictObject({
    decisions: z
      .array(
        z.strictObject({
          registrationId: Id,
          decision: Decision,
          /** The message about a rejection contains it. */
          reason: singleLineText(500).nullable().default(null),
        }),
      )
      .min(1)
      .max(DECISIONS_MAX)
      .refine(
        (decisions) => new Set(decisions.map(({ registrationId }) => registrationId)).size === decisions.length,
        rule('eachOnce'),
      ),
  })
  .meta({ id: 'DecideApplications' });
export type DecideApplications = z.infer<typeof DecideApplications>;
export type DecideApplicationsInput = z.input<typeof DecideApplications>;

/** The new status, or why nothing was decided: one item's trouble is never another's. */
export const DecidedApplication = z
  .object({
    id: Id,
    result: z.enum([...HOLDING, ...WAITLISTED, 'REJECTED']).optional(),
    code: z.enum(ERROR_CODES).optional(),
  })
  .meta({ id: 'DecidedApplication' });
export type DecidedApplication = z.infer<typeof DecidedApplication>;

/** In the order of the request. */
export const DecidedApplications = z.object({ items: z.array(DecidedApplication) }).meta({ id: 'DecidedApplications' });
export type DecidedApplications = z.infer<typeof DecidedApplications>;

export const BestApplicationsQuery = z.strictObject({
  count: z.coerce.number().int().min(1).max(DECISIONS_MAX),
});
export type BestApplicationsQuery = z.infer<typeof BestApplicationsQuery>;

/** Whom accepting the best would accept, in this order, and what they would get. Nothing has been decided. */
export const BestApplications = z
  .object({
    items: z.array(
      z.object({
        registrationId: Id,
        name: z.string(),
        result: z.enum(['PENDING', 'HELD', 'WAITLISTED', 'APPLIED']),
        /** Null unless the reader may see the reviews. */
        mean: z.number().nullable(),
      }),
    ),
    effect: z.object({ seats: z.int(), holds: z.int(), places: z.int(), undecided: z.int() }),
    /** How many get a message: every member of a team does. Servers of the previous release do not send it. */
    people: z.int().optional(),
    /** Left out, because the reader still has to review them: their place would say what others think. */
    unreviewed: z.int(),
  })
  .meta({ id: 'BestApplications' });
export type BestApplications = z.infer<typeof BestApplications>;
