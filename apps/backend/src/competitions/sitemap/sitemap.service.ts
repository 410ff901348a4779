import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { RequestCoalescer } from '../../platform/concurrency/request-coalescing.js';
import { POOL } from '../../platform/database/pool.js';
import { IS_LISTED } from '../visibility/visibility.sql.js';

/** Below the 50,000 addresses that a sitemap may have. Search engines find older competitions by the links of lists. */
const MAX_COMPETITIONS = 10_000;
/** Crawlers come often, and this reads thousands of rows. */
const MAX_AGE_MS = 60_000;

const TEXT = `
WITH listed AS MATERIALIZED (
  SELECT c.id, c.updated_at, c.organizer_id FROM competitions c
  WHERE ${IS_LISTED}
  ORDER BY c.id DESC
  LIMIT ${MAX_COMPETITIONS}
)
SELECT json_build_object(
  'competitions', (
    SELECT coalesce(json_agg(json_build_object('id', id, 'updatedAt', iso_instant(updated_at)) ORDER BY id DESC), '[]')
    FROM listed
  ),
  'organizers', (
    SELECT coalesce(json_agg(id ORDER BY id), '[]') FROM users
    WHERE disabled_at IS NULL AND id IN (SELECT organizer_id FROM listed)
  )
)::text AS text`;

/** What search engines may find, at most a minute old. */
@Injectable()
export class SitemapService {
  private readonly reads = new RequestCoalescer<string>();
  private latest: { readonly text: string; readonly readAt: number } | null = null;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** JSON text. */
  async read(): Promise<string> {
    if (this.latest !== null && performance.now() - this.latest.readAt < MAX_AGE_MS) return this.latest.text;
    return this.reads.get('', async () => {
      const readAt = performance.now();
      const { rows } = await this.pool.query<{ text: string }>({ name: 'sitemap', text: TEXT });
      const text = rows[0]?.text ?? '';
      this.latest = { text, readAt };
      return text;
    });
  }
}
