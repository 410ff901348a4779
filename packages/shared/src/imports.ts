import { z } from 'zod';
import { DailyQuota, Id, Instant, InstantInput, PageQuery, pageOf, singleLineText } from './common.js';

export const IMPORT_MAX_BYTES = 5 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 10_000;

export const ImportQuery = z.strictObject({
  /** Shown in the list of imports. */
  fileName: singleLineText(200).optional(),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const IMPORT_VERDICTS = ['NEW', 'ALREADY_ACTIVE', 'DUPLICATE_IN_FILE', 'INVALID'] as const;
export const ImportVerdict = z.enum(IMPORT_VERDICTS).meta({ id: 'ImportVerdict' });
export type ImportVerdict = z.infer<typeof ImportVerdict>;

/** Why a row is ALREADY_ACTIVE (the first five) or INVALID (the others). */
export const ImportReason = z
  .enum([
    'REGISTERED',
    'WAITLISTED',
    'APPLIED',
    'INVITED',
    'STAFF',
    'EMAIL_MISSING',
    'EMAIL_INVALID',
    'NAME_INVALID',
    'QUOTE_UNCLOSED',
  ])
  .meta({ id: 'ImportReason' });
export type ImportReason = z.infer<typeof ImportReason>;

/** ENDED: the invitation was withdrawn, or the competition canceled, before the row was handled. */
export const ImportOutcome = z.enum(['SEATED', 'INVITED', 'SKIPPED', 'ENDED']).meta({ id: 'ImportOutcome' });
export type ImportOutcome = z.infer<typeof ImportOutcome>;

export const ImportRow = z
  .object({
    /** The line of the file in which the row begins. */
    row: z.int(),
    email: z.string(),
    name: z.string().nullable(),
    verdict: ImportVerdict,
    reason: ImportReason.nullable(),
    /** Null until it was handled. */
    outcome: ImportOutcome.nullable(),
  })
  .meta({ id: 'ImportRow' });
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportCounts = z
  .object({ NEW: z.int(), ALREADY_ACTIVE: z.int(), DUPLICATE_IN_FILE: z.int(), INVALID: z.int() })
  .meta({ id: 'ImportCounts' });
export type ImportCounts = z.infer<typeof ImportCounts>;

export const Import = z
  .object({
    id: Id,
    fileName: z.string().nullable(),
    createdBy: z.string().nullable(),
    createdAt: Instant,
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    separator: z.enum([',', ';', '\t']),
    /** Columns of the file that were ignored. */
    unknownColumns: z.array(z.string()),
    counts: ImportCounts,
    /** `checked`: nothing has been done yet. */
    state: z.enum(['checked', 'running', 'done']),
    /** Whether people get emails. Null until it is committed. */
    notify: z.boolean().nullable(),
    committedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    /** How many seats were reserved, and how many of these people have been handled. */
    reserved: z.int(),
    handled: z.int(),
    seated: z.int(),
    invited: z.int(),
  })
  .meta({ id: 'Import' });
export type Import = z.infer<typeof Import>;

export const ImportDetails = Import.extend({
  /** How many of the people would be sent an invitation now, and how many may be. Null once it is committed. */
  invitations: z.object({ count: z.int(), quota: DailyQuota }).nullable(),
}).meta({ id: 'ImportDetails' });
export type ImportDetails = z.infer<typeof ImportDetails>;

/** The latest ones, newest first. */
export const ImportList = z.object({ items: z.array(Import) }).meta({ id: 'ImportList' });
export type ImportList = z.infer<typeof ImportList>;

export const ImportRowsQuery = z.strictObject({
  ...PageQuery.shape,
  verdict: z.enum(['all', ...IMPORT_VERDICTS]).default('all'),
});
export type ImportRowsQuery = z.infer<typeof ImportRowsQuery>;
export const ImportRowPage = pageOf(ImportRow).meta({ id: 'ImportRowPage' });
export type ImportRowPage = z.infer<typeof ImportRowPage>;

export const CommitImport = z
  .strictObject({
    /** Without it, people get no emails: messages are in the mailbox only, and invitations can be sent later. */
    notify: z.boolean(),
    /** Of the invitations. Without it two weeks, at most until the start. */
    expiresAt: InstantInput.optional(),
  })
  .meta({ id: 'CommitImport' });
export type CommitImport = z.infer<typeof CommitImport>;
