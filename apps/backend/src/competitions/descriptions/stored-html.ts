import { RENDERER_VERSION } from './markdown.js';

const HASH = (description: string) => `sha256(convert_to(${description}, 'UTF8'))`;

/**
 * `d.html` of competition `c`. Null if it has not been stored, if another version of the renderer stored it, or if it is
 * not of this description: a server of the previous version edits descriptions without rendering them.
 */
export const JOIN_HTML = `
LEFT JOIN competition_descriptions d
  ON d.competition_id = c.id AND d.renderer = ${RENDERER_VERSION} AND d.source = ${HASH('c.description')}`;

/**
 * Stores the HTML ($3) that was rendered from the description ($2) of a competition ($1). It may be outdated by then,
 * because every read compares the description. Where two versions of servers run, the HTML of the newer one stays.
 */
export const STORE_HTML = `
INSERT INTO competition_descriptions AS stored (competition_id, source, renderer, html)
VALUES ($1::uuid, ${HASH('$2')}, ${RENDERER_VERSION}, $3)
ON CONFLICT (competition_id) DO UPDATE
SET source = excluded.source, renderer = excluded.renderer, html = excluded.html
WHERE stored.renderer <= excluded.renderer`;
