import { z } from 'zod';
import { Id, Instant } from './common.js';

export const EraseAccount = z.strictObject({ password: z.string().min(1).max(200) }).meta({ id: 'EraseAccount' });
export type EraseAccount = z.infer<typeof EraseAccount>;

/** `none` also when the last one has expired. */
export const AccountExport = z
  .object({
    state: z.enum(['none', 'running', 'ready']),
    requestedAt: Instant.nullable(),
    /** The file can be downloaded until then. */
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'AccountExport' });
export type AccountExport = z.infer<typeof AccountExport>;

/** Of OWNS_COMPETITIONS: they would have no owner. */
export const OwnedCompetition = z.object({ id: Id, title: z.string() });
export type OwnedCompetition = z.infer<typeof OwnedCompetition>;
