import { z } from 'zod';
import { singleLineText } from './common.js';
import { COVER_ALT_MAX } from './picture-limits.js';

/** What the picture shows, for people who cannot see it; empty for a picture that only decorates. */
const alt = singleLineText(COVER_ALT_MAX, 0);

/** The picture is the body of the request, so its description is in the query. */
export const CoverQuery = z.strictObject({ alt: alt.default('') });
export type CoverQuery = z.infer<typeof CoverQuery>;

export const UpdateCover = z.strictObject({ alt }).meta({ id: 'UpdateCover' });
export type UpdateCover = z.infer<typeof UpdateCover>;

const Picture = z.object({ url: z.string(), width: z.int(), height: z.int() }).meta({ id: 'Picture' });

export const Cover = z
  .object({
    alt: z.string(),
    /** The same picture in several widths, from the smallest to the largest. The paths are those of this API's origin. */
    sizes: z.array(Picture).min(1),
    /** For readers that do not know WebP, such as services that show a preview of a link. */
    jpeg: Picture,
  })
  .meta({ id: 'Cover' });
export type Cover = z.infer<typeof Cover>;
