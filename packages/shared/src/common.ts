import { z } from 'zod';
import { LANGUAGES } from './languages.js';
import { hasControlCharacters, hasControlCharactersButLines, visibleText } from './text.js';
import { rule } from './validation-rules.js';

/** Lower case, as the database writes it: idempotency fingerprints and subscriptions compare ids as text. */
export const Id = z.uuid().toLowerCase();

export const Language = z.enum(LANGUAGES).meta({ id: 'Language' });

/** ISO 8601, in UTC. Requests may use any offset (`InstantInput`). */
export const Instant = z.iso.datetime();
/** Outside of these years JavaScript, PostgreSQL and calendar formats disagree about dates. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0), Date.UTC(10_000, 0)];
export const InstantInput = z.iso
  // With `abort` a field gets one message: a text that is no date is not out of range too.
  .datetime({ offset: true, abort: true })
  .refine((text) => Date.parse(text) >= EARLIEST && Date.parse(text) < LATEST, rule('years'));

/** How many people may be written to a day, and how many more today. */
export const DailyQuota = z.object({ limit: z.int(), left: z.int(), resetsAt: Instant }).meta({ id: 'DailyQuota' });
export type DailyQuota = z.infer<typeof DailyQuota>;

/** Line breaks in a name or title would end up in mail headers. */
export const singleLineText = (max: number, min = 1) =>
  z
    .string()
    .overwrite(visibleText)
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !hasControlCharacters(text), rule('singleLine'));

/** PostgreSQL cannot store NUL; the other control characters are refused with it. */
export const multiLineText = (max: number) =>
  z
    .string()
    .overwrite(visibleText)
    .max(max)
    .refine((text) => !hasControlCharactersButLines(text), rule('noControlCharacters'));

/** Text to search for, may be empty. PostgreSQL refuses NUL in a parameter. */
export const searchText = (max: number) =>
  z
    .string()
    .overwrite(visibleText)
    .trim()
    .max(max)
    .refine((text) => !hasControlCharacters(text), rule('singleLine'));

export const PageQuery = z.object({
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `nextCursor` is null on the last page; `total` is exact up to 10,000 and null beyond. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().min(0).nullable() });

export const TOTAL_IS_EXACT_UP_TO = 10_000;
