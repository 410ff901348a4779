import { z } from 'zod';
import { Id, Instant, line, PageQuery, pageOf, sought } from './common.js';
import { CompetitionSummary } from './competitions.js';
import { EndReason, RegistrationStatus } from './seats.js';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
export const REPLAYED_HEADER = 'Idempotent-Replayed';
/** Visible ASCII without space and comma; one pair of quotes around it is taken off before this is asked. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x2b\x2d-\x7e]{1,255}$/);

/** A spelled-out default is the same request as a missing one. */
export const Register = z.strictObject({ joinWaitlist: z.boolean().default(false) }).meta({ id: 'Register' });
export type Register = z.infer<typeof Register>;

/** What a register call answers with 201; `position` only when waiting. */
export const Registered = z
  .object({
    registrationId: Id,
    userId: Id,
    competitionId: Id,
    status: z.enum(['PENDING', 'WAITLISTED']),
    registeredAt: Instant,
    position: z.int().min(1).optional(),
  })
  .meta({ id: 'Registered' });
export type Registered = z.infer<typeof Registered>;

export const Left = z.object({ status: z.literal('CANCELLED') }).meta({ id: 'Left' });
export type Left = z.infer<typeof Left>;

/** The signed token of the link in a message; it leaves without signing in. */
export const LeaveByLink = z.strictObject({ token: z.string().min(1).max(500) }).meta({ id: 'LeaveByLink' });
export type LeaveByLink = z.infer<typeof LeaveByLink>;

/** What the leave page shows before it asks. */
export const LeaveLinkInfo = z
  .object({ competitionId: Id, title: z.string(), name: z.string(), status: RegistrationStatus })
  .meta({ id: 'LeaveLinkInfo' });
export type LeaveLinkInfo = z.infer<typeof LeaveLinkInfo>;

/** Own registrations with their competition. */
export const MyRegistration = z
  .object({
    registrationId: Id,
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
    promotedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    competition: CompetitionSummary,
  })
  .meta({ id: 'MyRegistration' });
export type MyRegistration = z.infer<typeof MyRegistration>;

export const MyRegistrationsQuery = z.strictObject({
  ...PageQuery.shape,
  status: z.enum(['active', 'ended', 'all']).default('all'),
});
export type MyRegistrationsQuery = z.infer<typeof MyRegistrationsQuery>;
export const MyRegistrationPage = pageOf(MyRegistration).meta({ id: 'MyRegistrationPage' });
export type MyRegistrationPage = z.infer<typeof MyRegistrationPage>;

/** Who is in, as the organizer sees it. */
export const Entrant = z
  .object({
    registrationId: Id,
    userId: Id,
    name: z.string(),
    email: z.string(),
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
    promotedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    removalReason: z.string().nullable(),
  })
  .meta({ id: 'Entrant' });
export type Entrant = z.infer<typeof Entrant>;

export const EntrantsQuery = z.strictObject({
  ...PageQuery.shape,
  status: z.enum(['seated', 'waiting', 'ended', 'active', 'all']).default('active'),
  search: sought(200).optional(),
  /** The whole list as a file, by a link: it cannot send `Accept: text/csv`. */
  format: z.enum(['json', 'csv']).optional(),
});
export type EntrantsQuery = z.infer<typeof EntrantsQuery>;
export const EntrantPage = pageOf(Entrant).meta({ id: 'EntrantPage' });
export type EntrantPage = z.infer<typeof EntrantPage>;

/** The reason is told to the person removed. */
export const RemoveEntrant = z.strictObject({ reason: line(500) }).meta({ id: 'RemoveEntrant' });
export type RemoveEntrant = z.infer<typeof RemoveEntrant>;
