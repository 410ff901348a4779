import { z } from 'zod';

/** Lower case, as the database writes it: one thing has one id, however a client spells it. */
export const Id = z.uuid().toLowerCase();

/** An instant, ISO 8601 in UTC on the way out; any offset on the way in. */
export const Instant = z.iso.datetime();
/** Beyond these years calendars, and what stores the date, do not agree. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0), Date.UTC(10_000, 0)];
export const InstantInput = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= EARLIEST && Date.parse(text) < LATEST, 'has to be between 1970 and 9999');

const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** One line of text. Line breaks in a name or title would end up in mail headers. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !CONTROL.test(text), 'has to be one line of plain text');

/** Text with line breaks. NUL and other control characters cannot be stored. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !CONTROL_BUT_LINES.test(text), 'must not contain control characters');

/** What somebody looks for. NUL can be compared with nothing that is stored. */
export const sought = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL.test(text), 'has to be one line of plain text');

export const PageQuery = z.object({
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** A list: `nextCursor` is null on the last page; `total` is exact up to 10,000 and null beyond. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().min(0).nullable() });

export const TOTAL_IS_EXACT_UP_TO = 10_000;
