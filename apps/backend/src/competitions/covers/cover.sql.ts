import { COVER_RATIO } from '@mini-compete/shared/picture-limits';
import { COVER_JPEG_WIDTH } from './covers.repository.js';

const picture = (width: string, ending: string) => `json_build_object(
  'url', '/api/covers/' || v.hash || '-' || ${width} || '.${ending}', 'width', ${width}, 'height', ${width} / ${COVER_RATIO}
)`;

/** The width of the cover's JPEG. */
export const JPEG_WIDTH = `least(${COVER_JPEG_WIDTH}, v.widths[cardinality(v.widths)])`;

/** The cover of competition `c` as `Cover`, or null. The database produces the JSON. */
export const COVER = `(
  SELECT json_build_object(
    'alt', v.alt,
    'sizes', (SELECT json_agg(${picture('width', 'webp')} ORDER BY width) FROM unnest(v.widths) AS width),
    'jpeg', ${picture(JPEG_WIDTH, 'jpg')}
  )
  FROM competition_covers v WHERE v.competition_id = c.id
)`;
