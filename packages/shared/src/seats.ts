import { z } from 'zod';
import { Id, Instant } from './common.js';
import { ACTIVE, ENDED } from './registration-status.js';
import { SEAT_UNITS, TEAM_SIZE_MAX } from './team-rules.js';

/** Derived from dates, free seats and cancellation; never stored. */
export const CompetitionStatus = z
  .enum(['upcoming', 'open', 'full', 'closed', 'cancelled'])
  .meta({ id: 'CompetitionStatus' });
export type CompetitionStatus = z.infer<typeof CompetitionStatus>;

export const RegistrationStatus = z.enum([...ACTIVE, ...ENDED]).meta({ id: 'RegistrationStatus' });
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

export const EndReason = z
  .enum(['LEFT', 'REMOVED', 'REJECTED', 'EXPIRED', 'TEAM_TOO_SMALL', 'NO_SHOW', 'COMPETITION_CANCELLED', 'ERASED'])
  .meta({ id: 'EndReason' });
export type EndReason = z.infer<typeof EndReason>;

/** FIRST_COME: registering is admission. APPROVAL: registering is an application, and the staff accepts or rejects it. */
export const AdmissionMode = z.enum(['FIRST_COME', 'APPROVAL']).meta({ id: 'AdmissionMode' });
export type AdmissionMode = z.infer<typeof AdmissionMode>;

/** What takes a seat: each member of a team, or the team. */
export const SeatUnit = z.enum(SEAT_UNITS).meta({ id: 'SeatUnit' });
export type SeatUnit = z.infer<typeof SeatUnit>;
export const TeamSize = z.int().min(1).max(TEAM_SIZE_MAX);

/**
 * The reader's active registration for a competition. `position` is the position on the waitlist. `heldUntil` is when a
 * hold (HELD) ends. Servers of the previous release do not send it.
 */
export const MyActiveRegistration = z
  .object({
    registrationId: Id,
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
    heldUntil: Instant.nullable().optional(),
    /** Of the registration of a team, whose member the reader is. */
    team: z.object({ id: Id, name: z.string(), isCaptain: z.boolean() }).optional(),
  })
  .meta({ id: 'MyActiveRegistration' });
export type MyActiveRegistration = z.infer<typeof MyActiveRegistration>;

/** The reader's latest registration, when it ended without them: the staff rejected it, they did not confirm in time, … */
export const EndedRegistration = z
  .object({
    registrationId: Id,
    endReason: z.enum(['REJECTED', 'EXPIRED', 'TEAM_TOO_SMALL', 'NO_SHOW']),
    endedAt: Instant,
    heldUntil: Instant.nullable(),
  })
  .meta({ id: 'EndedRegistration' });
export type EndedRegistration = z.infer<typeof EndedRegistration>;

/**
 * An open invitation to the reader's address: a seat is reserved for them until `expiresAt`. The token accepts it, for an
 * account with this address, verified.
 */
export const OwnInvitation = z.object({ token: z.string(), expiresAt: Instant }).meta({ id: 'OwnInvitation' });
export type OwnInvitation = z.infer<typeof OwnInvitation>;

/**
 * Data of `event: seats` in the event stream of a competition. `version` is the one of the competition: a page that has
 * loaded a lower one shows an old title, place or capacity. Servers of the previous release do not send it.
 */
export const SeatsEvent = z
  .object({
    seatsLeft: z.int(),
    waiting: z.int(),
    status: CompetitionStatus,
    serverTime: Instant,
    version: z.int().optional(),
  })
  .meta({ id: 'SeatsEvent' });
export type SeatsEvent = z.infer<typeof SeatsEvent>;

/**
 * Data of `event: registration` in the event stream of a competition, for a signed-in person who has applied, is on the
 * waitlist or has a hold when the stream begins. Sent at the beginning and after each change, until the person has a seat
 * or the registration has ended (CANCELLED). Members of a team that is not registered are sent it when the team is.
 */
export const RegistrationEvent = MyActiveRegistration.meta({ id: 'RegistrationEvent' });
export type RegistrationEvent = z.infer<typeof RegistrationEvent>;
