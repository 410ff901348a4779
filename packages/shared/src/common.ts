import { z } from 'zod';
import { LANGUAGES } from './languages.js';
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

const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Zero-width characters and bidi controls: with them, texts that look the same differ, or one is shown in another order. */
const HIDDEN = /[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]/g;
/** Joiners and variation selectors show nothing alone either. Inside a text, emoji, Arabic and Indic scripts need them. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800]/u;

/** Without hidden characters, and empty if nothing of it would be visible. */
function visibleText(text: string): string {
  const shown = text.replace(HIDDEN, '');
  return VISIBLE.test(shown) ? shown : '';
}

/** Line breaks in a name or title would end up in mail headers. */
export const singleLineText = (max: number, min = 1) =>
  z
    .string()
    .overwrite(visibleText)
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !CONTROL.test(text), rule('singleLine'));

/** PostgreSQL cannot store NUL; the other control characters are refused with it. */
export const multiLineText = (max: number) =>
  z
    .string()
    .overwrite(visibleText)
    .max(max)
    .refine((text) => !CONTROL_BUT_LINES.test(text), rule('noControlCharacters'));

/** Text to search for, may be empty. PostgreSQL refuses NUL in a parameter. */
export const searchText = (max: number) =>
  z
    .string()
    .overwrite(visibleText)
    .trim()
    .max(max)
    .refine((text) => !CONTROL.test(text), rule('singleLine'));

export const PageQuery = z.object({
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `nextCursor` is null on the last page; `total` is exact up to 10,000 and null beyond. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().min(0).nullable() });

export const TOTAL_IS_EXACT_UP_TO = 10_000;
