import { z } from 'zod';
import { Id, Instant, Language, PageQuery } from './common.js';
import { NoteKind } from './message-notes.js';
import { ActPerson } from './pending-acts.js';

/** `registrations`: what registrants do, and what follows from it. The others are acts of the staff. */
export const HistoryKind = z.enum([
  'all',
  'registrations',
  'applications',
  'removals',
  'competition',
  'staff',
  'invitations',
  'announcements',
]);
export type HistoryKind = z.infer<typeof HistoryKind>;

export const HistoryQuery = z.strictObject({
  ...PageQuery.shape,
  kind: HistoryKind.default('all'),
  /** Who acted or whom it concerns. */
  person: Id.optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable();
export type HistoryValue = z.infer<typeof Value>;

/** Both null: the field changed, and its values are not kept. */
export const HistoryChange = z.object({ field: z.string(), before: Value, after: Value }).meta({ id: 'HistoryChange' });
export type HistoryChange = z.infer<typeof HistoryChange>;

export const HistoryEntry = z
  .object({
    id: z.string(),
    at: Instant,
    /** Such as `registration.removed`. A client shows one that it does not know without words of its own. */
    action: z.string(),
    /** Null: the system. */
    actor: ActPerson.nullable(),
    /** Whom it concerns; null for acts on the competition. */
    person: ActPerson.nullable(),
    /** The team that it concerns. Servers of the previous release do not send it. */
    team: z.object({ id: Id, name: z.string() }).nullable().optional(),
    /** How many people an act on several concerns. */
    count: z.int().nullable(),
    /** Which note in automatic messages was changed. */
    note: z.object({ kind: NoteKind, language: Language }).nullable(),
    changes: z.array(HistoryChange),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Newest first, without a total: counting would read the whole history. */
export const HistoryPage = z
  .object({ items: z.array(HistoryEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'HistoryPage' });
export type HistoryPage = z.infer<typeof HistoryPage>;
