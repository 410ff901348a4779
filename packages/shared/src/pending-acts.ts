import { z } from 'zod';
import { Id, Instant } from './common.js';

/**
 * CANCELLATION: ending the registrations of a canceled competition. REMOVAL: removing several people. ANNOUNCEMENT: sending
 * an announcement. NO_SHOWS: releasing the seats of people who have not come.
 */
export const PendingActKind = z
  .enum(['CANCELLATION', 'REMOVAL', 'ANNOUNCEMENT', 'NO_SHOWS'])
  .meta({ id: 'PendingActKind' });
export type PendingActKind = z.infer<typeof PendingActKind>;

/** A person in an act; `name` is null after their account was deleted. */
export const ActPerson = z.object({ id: Id, name: z.string().nullable() }).meta({ id: 'ActPerson' });
export type ActPerson = z.infer<typeof ActPerson>;

export const PendingAct = z
  .object({
    id: Id,
    kind: PendingActKind,
    /** RUNNING: a worker has claimed it, and it cannot be undone anymore. */
    state: z.enum(['PENDING', 'RUNNING']),
    /** How many people it concerns. */
    count: z.int().min(0),
    actor: ActPerson,
    createdAt: Instant,
    /** It runs at this time or soon after. */
    dueAt: Instant,
  })
  .meta({ id: 'PendingAct' });
export type PendingAct = z.infer<typeof PendingAct>;

/** `serverTime` is the clock that `dueAt` is compared with. */
export const PendingActs = z.object({ items: z.array(PendingAct), serverTime: Instant }).meta({ id: 'PendingActs' });
export type PendingActs = z.infer<typeof PendingActs>;

export const UndoneAct = z.object({ id: Id, state: z.literal('UNDONE') }).meta({ id: 'UndoneAct' });
export type UndoneAct = z.infer<typeof UndoneAct>;
