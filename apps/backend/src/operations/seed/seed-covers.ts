import type pg from 'pg';
import sharp from 'sharp';
import { COVER_SHAPE, fileName, hashOf } from '../../competitions/covers/covers.repository.js';
import { PictureRenderer } from '../../platform/pictures/picture-renderer.js';
import { COVER_MOTIFS } from './cover-motifs.js';

/** Competitions of trial accounts that nobody has edited: a cover that was removed does not come back. */
const WITHOUT_COVER = `
  SELECT c.id, c.title FROM competitions c JOIN users u ON u.id = c.organizer_id
  WHERE c.title = ANY ($1) AND c.version = 1 AND u.email ~ '@(minicompete\\.com|demo\\.example)$'
    AND NOT EXISTS (SELECT FROM competition_covers v WHERE v.competition_id = c.id)
  ORDER BY c.id`;

/** Draws the covers of trial competitions. `npm run demo` seeds again after it has inserted its own. */
export async function seedCovers(client: pg.Client): Promise<void> {
  const renderer = new PictureRenderer();
  const { rows } = await client.query<{ id: string; title: string }>(WITHOUT_COVER, [Object.keys(COVER_MOTIFS)]);
  for (const { id, title } of rows) {
    const motif = COVER_MOTIFS[title];
    if (motif === undefined) continue;
    const renditions = await renderer.render(await sharp(Buffer.from(motif.svg())).png().toBuffer(), COVER_SHAPE);
    const hash = hashOf(renditions);
    for (const rendition of renditions)
      await client.query(
        `INSERT INTO files AS f (name, type, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET uses = f.uses + 1, unused_since = NULL`,
        [fileName(hash, rendition), rendition.type, rendition.bytes],
      );
    const widths = renditions.filter(({ type }) => type === 'image/webp').map(({ width }) => width);
    await client.query('INSERT INTO competition_covers (competition_id, hash, widths, alt) VALUES ($1, $2, $3, $4)', [
      ...[id, hash, widths, motif.alt],
    ]);
  }
}
