import type { OrganizerLink, OrganizerProfile, OrganizerQuery } from '@mini-compete/shared/organizers';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { RequestCoalescer } from '../../platform/concurrency/request-coalescing.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { objectText } from '../../platform/http/json-text.js';
import { Clock } from '../../platform/time/clock.js';
import { CompetitionsRepository } from '../catalog/competitions.repository.js';
import { textOf } from '../catalog/competitions.service.js';
import { RENDERER_VERSION, renderMarkdown } from '../descriptions/markdown.js';

/** With an empty profile when none is saved. No column of it identifies the person beyond the name. */
const ORGANIZER = `
SELECT u.id, u.name, coalesce(p.text, '') AS text, p.html, p.renderer, coalesce(p.links, '[]') AS links
FROM users u LEFT JOIN organizer_profiles p ON p.user_id = u.id
WHERE u.id = $1 AND u.disabled_at IS NULL`;

const SAVE = `
INSERT INTO organizer_profiles (user_id, text, html, renderer, links)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id) DO UPDATE
SET text = excluded.text, html = excluded.html, renderer = excluded.renderer, links = excluded.links, updated_at = now()`;

interface OrganizerRow {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly html: string | null;
  readonly renderer: number | null;
  readonly links: OrganizerLink[];
}

/** The public pages of organizers, and what they write on them. */
@Injectable()
export class OrganizersService {
  private readonly reads = new RequestCoalescer<string>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly competitions: CompetitionsRepository,
    private readonly clock: Clock,
  ) {}

  /** The page as JSON text. */
  read(id: string, query: OrganizerQuery): Promise<string> {
    return this.reads.get(JSON.stringify([id, query]), () => this.readPage(id, query));
  }

  async readProfile(userId: string): Promise<OrganizerProfile> {
    const { text, links } = await this.get(userId);
    return { text, links };
  }

  async saveProfile(userId: string, { text, links }: OrganizerProfile): Promise<OrganizerProfile> {
    const values = [userId, text, renderMarkdown(text), RENDERER_VERSION, JSON.stringify(links)];
    await this.pool.query({ name: 'save_organizer', text: SAVE, values });
    return { text, links };
  }

  private async readPage(id: string, { cursor, limit }: OrganizerQuery): Promise<string> {
    const filter = { status: 'all', organizerId: id } as const;
    const order = { sort: 'date', cursor, limit } as const;
    const [organizer, rows, total] = await Promise.all([
      this.get(id),
      this.competitions.list({ ...filter, ...order }, this.clock.now(), false),
      this.competitions.count(filter),
    ]);
    // Otherwise the name of any account could be looked up here.
    if (total === 0 && organizer.text.trim() === '') throw new DomainError('ORGANIZER_NOT_FOUND');
    return objectText({
      id: JSON.stringify(organizer.id),
      name: JSON.stringify(organizer.name),
      textHtml: JSON.stringify(htmlOf(organizer)),
      links: JSON.stringify(organizer.links),
      competitions: textOf(rows, order, total),
    });
  }

  private async get(id: string): Promise<OrganizerRow> {
    const { rows } = await this.pool.query<OrganizerRow>({ name: 'organizer', text: ORGANIZER, values: [id] });
    if (rows[0] === undefined) throw new DomainError('ORGANIZER_NOT_FOUND');
    return rows[0];
  }
}

/** HTML that another version of the renderer has stored may lack a protection of this one. */
const htmlOf = ({ text, html, renderer }: OrganizerRow): string =>
  html !== null && renderer === RENDERER_VERSION ? html : renderMarkdown(text);
