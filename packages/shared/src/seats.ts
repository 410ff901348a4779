import { z } from 'zod';
import { Id, Instant } from './common.js';

/** Derived from dates, seats and cancellation; stored nowhere. */
export const CompetitionStatus = z
  .enum(['upcoming', 'open', 'full', 'closed', 'cancelled'])
  .meta({ id: 'CompetitionStatus' });
export type CompetitionStatus = z.infer<typeof CompetitionStatus>;

/** PENDING and CONFIRMED are seated, WAITLISTED is waiting, CANCELLED is ended. */
export const RegistrationStatus = z
  .enum(['PENDING', 'CONFIRMED', 'WAITLISTED', 'CANCELLED'])
  .meta({ id: 'RegistrationStatus' });
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/** Why a registration ended. */
export const EndReason = z.enum(['LEFT', 'REMOVED', 'COMPETITION_CANCELLED']).meta({ id: 'EndReason' });
export type EndReason = z.infer<typeof EndReason>;

/** The reader's own active registration; `position` is the place in line while waiting. */
export const OwnRegistration = z
  .object({
    registrationId: Id,
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
  })
  .meta({ id: 'OwnRegistration' });
export type OwnRegistration = z.infer<typeof OwnRegistration>;

/** `event: seats` of the live stream. */
export const SeatsEvent = z
  .object({ seatsLeft: z.int(), waiting: z.int(), status: CompetitionStatus, serverTime: Instant })
  .meta({ id: 'SeatsEvent' });
export type SeatsEvent = z.infer<typeof SeatsEvent>;
