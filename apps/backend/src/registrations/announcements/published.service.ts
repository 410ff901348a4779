import type { PublishedAnnouncements, PublishedQuery } from '@mini-compete/shared/announcements';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { readerOf } from '../../messaging/templates/reader.js';
import { RequestCoalescer } from '../../platform/concurrency/request-coalescing.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { fillIn } from './fill-in.js';

const MAX_PUBLISHED = 10;

interface Row {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: string;
  readonly title: string;
  readonly startDate: Date | null;
}

/** Sent announcements on the page of a competition. What is personal in them is replaced by what is true for everyone. */
@Injectable()
export class PublishedService {
  private readonly reads = new RequestCoalescer<PublishedAnnouncements>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
  ) {}

  read(competitionId: string, query: PublishedQuery): Promise<PublishedAnnouncements> {
    const key = `${competitionId} ${query.language} ${query.zone ?? ''}`;
    return this.reads.get(key, () => this.load(competitionId, query));
  }

  private async load(competitionId: string, { language, zone }: PublishedQuery): Promise<PublishedAnnouncements> {
    const { rows } = await this.pool.query<Row>({ name: 'published', text: PUBLISHED, values: [competitionId] });
    const reader = readerOf({ language, timeZone: zone ?? null });
    return {
      items: rows.map(({ id, sentAt, title, startDate, ...announcement }) => {
        const competition = { id: competitionId, title, startDate };
        const { subject, html } = fillIn(announcement, competition, null, reader, this.env);
        return { id, subject, html, sentAt };
      }),
    };
  }
}

/** Stopped ones are not shown: the staff has taken them back as far as that is possible. */
const PUBLISHED = `
  SELECT a.id, a.subject, a.body, iso_instant(a.frozen_at) AS "sentAt", c.title, c.start_date AS "startDate"
  FROM announcements a JOIN competitions c ON c.id = a.competition_id
  WHERE a.competition_id = $1 AND a.on_page AND a.frozen_at IS NOT NULL AND a.stopped_at IS NULL
  ORDER BY a.frozen_at DESC, a.id DESC LIMIT ${MAX_PUBLISHED}`;
