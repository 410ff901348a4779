import type { Competition } from '@mini-compete/shared/competitions';
import type { StaffRole } from '@mini-compete/shared/permissions';
import type { Visibility } from '@mini-compete/shared/visibility';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { withMember } from '../../platform/http/json-text.js';
import { renderMarkdown } from '../descriptions/markdown.js';
import { JOIN_HTML, STORE_HTML } from '../descriptions/stored-html.js';
import { ASKED_QUESTIONS } from '../questions/questions.sql.js';
import { IS_DRAFT } from '../visibility/visibility.sql.js';
import { type ListFilter, type ListOrder, type ListQuery, listQuery, type Position, totalQuery } from './list-query.js';
import { DETAIL, STAFF_SUMMARY } from './summary.sql.js';

const BY_IDS = `SELECT c.id, ${DETAIL}::text AS text, c.version, ${IS_DRAFT} AS "isDraft",
  c.reserved > 0 AND c.cancelled_at IS NULL AS "hasInvitations", to_json(d.html)::text AS html,
  c.questions_version AS "questionsVersion", ${ASKED_QUESTIONS} AS questions
FROM competitions c JOIN users o ON o.id = c.organizer_id ${JOIN_HTML}
WHERE c.id = ANY ($1::uuid[]) AND c.deleted_at IS NULL`;

const OF_STAFF = `
SELECT c.id, ${STAFF_SUMMARY}::text AS text
FROM competition_staff s JOIN competitions c ON c.id = s.competition_id JOIN users o ON o.id = c.organizer_id
WHERE s.user_id = $1 AND c.deleted_at IS NULL AND ($2::uuid IS NULL OR s.competition_id < $2)
  AND ($5::text IS NULL OR c.visibility::text = $5)
ORDER BY s.competition_id DESC LIMIT $3`;

const OF_STAFF_TOTAL = `
SELECT count(*)::int AS total
FROM competition_staff s JOIN competitions c ON c.id = s.competition_id
WHERE s.user_id = $1 AND c.deleted_at IS NULL AND ($2::text IS NULL OR c.visibility::text = $2)`;

/** A competition as JSON text, without the reader's registration. */
export interface CompetitionText {
  readonly text: string;
  readonly version: number;
  /** Only its staff may see it. */
  readonly isDraft: boolean;
  /** Whether seats are reserved for people who have not accepted yet. */
  readonly hasInvitations: boolean;
}

/** `text` is without the HTML of the description, which is null if nothing usable is stored. */
type StoredCompetition = CompetitionText & {
  readonly id: string;
  readonly html: string | null;
  readonly questionsVersion: number;
  /** As JSON; null if the competition asks nothing. */
  readonly questions: string | null;
};

export type Row = Position & { at: Date; summary: string };

/** The database produces the JSON of responses, which is sent unchanged: parsing and serializing it would cost time. */
@Injectable()
export class CompetitionsRepository {
  /** Names of prepared statements by their text. Bounded by the number of filter and sort combinations. */
  private readonly statementNames = new Map<string, string>();

  private isStoring = false;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async findMany(ids: string[]): Promise<ReadonlyMap<string, CompetitionText>> {
    const query = { name: 'competitions', text: BY_IDS, values: [ids] };
    const { rows } = await this.pool.query<StoredCompetition>(query);
    return new Map(rows.map((row) => [row.id, this.complete(row)]));
  }

  /** The response to a member of the staff. Sees what the transaction itself has written. */
  async getForStaff(tx: Tx, id: string, staffRole: StaffRole): Promise<CompetitionText> {
    const [row] = await tx.$queryRawUnsafe<StoredCompetition[]>(BY_IDS, [id]);
    if (row === undefined) throw new DomainError('COMPETITION_NOT_FOUND');
    const competition = this.complete(row);
    return { ...competition, text: forReader(competition.text, { registration: null, staffRole }) };
  }

  /** Renders the description once, instead of at each read. */
  async storeHtml(tx: Tx, id: string, description: string): Promise<void> {
    await tx.$executeRawUnsafe(STORE_HTML, id, description, renderMarkdown(description));
  }

  /** Parses search text into a text search query; null when it contains no word. */
  async parseSearch(searchText: string): Promise<string | null> {
    const query = { name: 'search_query', text: 'SELECT search_query($1)::text AS words', values: [searchText] };
    const { rows } = await this.pool.query<{ words: string | null }>(query);
    return rows[0]?.words ?? null;
  }

  async list(query: ListFilter & ListOrder, now: Date, rare: boolean): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(this.prepared(listQuery(query, now, rare), query));
    return rows;
  }

  async count(filter: ListFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>(this.prepared(totalQuery(filter), filter));
    return rows[0]?.total ?? 0;
  }

  /** With the registrations per day, for the days that begin at these instants. */
  async listByStaff(
    userId: string,
    after: string | null,
    limit: number,
    days: readonly Date[],
    visibility: Visibility | null = null,
  ) {
    const values = [userId, after, limit, days, visibility];
    const query = { name: 'competitions_of_staff', text: OF_STAFF, values };
    const { rows } = await this.pool.query<{ id: string; text: string }>(query);
    return rows;
  }

  async countByStaff(userId: string, visibility: Visibility | null): Promise<number> {
    const query = { name: 'competitions_of_staff_total', text: OF_STAFF_TOTAL, values: [userId, visibility] };
    const { rows } = await this.pool.query<{ total: number }>(query);
    return rows[0]?.total ?? 0;
  }

  private complete({ id, text, version, isDraft, hasInvitations, html, ...rest }: StoredCompetition): CompetitionText {
    const withHtml = withMember(text, 'descriptionHtml', html ?? this.renderMissing(id, text));
    return { text: withQuestions(withHtml, rest), version, isDraft, hasInvitations };
  }

  /** Of a competition that a server of another version has written. */
  private renderMissing(id: string, text: string): string {
    const { description } = JSON.parse(text);
    const html = renderMarkdown(description);
    if (!this.isStoring) this.store(id, description, html);
    return JSON.stringify(html);
  }

  /** One at a time: while an edit holds the row, each read would wait for it with a connection. */
  private store(id: string, description: string, html: string): void {
    this.isStoring = true;
    this.pool
      .query({ name: 'store_html', text: STORE_HTML, values: [id, description, html] })
      .catch(() => {}) // the next read renders again
      .finally(() => {
        this.isStoring = false;
      });
  }

  /** A search is not prepared: a generic plan does not know how frequent its words are. */
  private prepared(query: ListQuery, { words }: ListFilter) {
    if (words !== undefined) return query;
    let name = this.statementNames.get(query.text);
    if (name === undefined) {
      name = `competitions_${this.statementNames.size}`;
      this.statementNames.set(query.text, name);
    }
    return { name, ...query };
  }
}

function withQuestions(
  text: string,
  { questionsVersion, questions }: Pick<StoredCompetition, 'questionsVersion' | 'questions'>,
) {
  if (questions === null) return text;
  return withMember(withMember(text, 'questionsVersion', String(questionsVersion)), 'questions', questions);
}

/** The members of a competition that depend on who reads it. */
export function forReader(
  text: string,
  {
    registration,
    endedRegistration = null,
    invitation = null,
    staffRole,
  }: Pick<Competition, 'registration' | 'endedRegistration' | 'invitation' | 'staffRole'>,
): string {
  const members = { registration, endedRegistration, invitation, staffRole };
  return Object.entries(members).reduce(
    (object, [name, value]) => withMember(object, name, JSON.stringify(value)),
    text,
  );
}
