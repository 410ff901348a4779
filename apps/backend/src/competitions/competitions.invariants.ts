import type { Invariant } from '../registry/invariant.js';
import { JPEG_WIDTH } from './covers/cover.sql.js';

const FILE_NAMES = `
  SELECT v.competition_id, v.hash || '-' || width || '.webp' AS name FROM competition_covers v, unnest(v.widths) AS width
  UNION ALL SELECT v.competition_id, v.hash || '-' || ${JPEG_WIDTH} || '.jpg' FROM competition_covers v`;

export const COMPETITION_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I17',
    rule: 'every cover has its files, and each file knows how many covers use it',
    sql: `
      SELECT name, f.uses, count(n.competition_id) AS covers FROM (${FILE_NAMES}) n FULL JOIN files f USING (name)
      GROUP BY name, f.uses HAVING coalesce(f.uses, -1) <> count(n.competition_id)`,
  },
];
