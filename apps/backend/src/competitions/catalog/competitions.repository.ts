import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { type ListFilter, type ListOrder, type ListQuery, listQuery, type Position, totalQuery } from './list-query.js';
import { DETAIL, ORGANIZER_SUMMARY, WAITLIST_POSITION } from './summary.sql.js';

const BY_IDS = `SELECT c.id, ${DETAIL}::text AS text, c.version
FROM competitions c JOIN users o ON o.id = c.organizer_id
WHERE c.id = ANY ($1::uuid[]) AND c.deleted_at IS NULL`;

const MY_REGISTRATION = `
SELECT row_to_json(mine)::text AS text
FROM (
  SELECT r.id AS "registrationId", r.status,
         ${WAITLIST_POSITION} AS position,
         iso_instant(r.registered_at) AS "registeredAt"
  FROM registrations r
  WHERE r.user_id = $1 AND r.competition_id = $2 AND r.status ${IS_ACTIVE}
) mine`;

const OF_ORGANIZER = `
SELECT c.id, ${ORGANIZER_SUMMARY}::text AS text
FROM competitions c JOIN users o ON o.id = c.organizer_id
WHERE c.organizer_id = $1 AND c.deleted_at IS NULL AND ($2::uuid IS NULL OR c.id < $2)
ORDER BY c.id DESC LIMIT $3`;

/** A competition as JSON text, without the reader's registration. */
export interface CompetitionText {
  readonly text: string;
  readonly version: number;
}

export type Row = Position & { at: Date; summary: string };

/** The database produces the JSON of responses, which is sent unchanged: parsing and serializing it would cost time. */
@Injectable()
export class CompetitionsRepository {
  /** Names of prepared statements by their text. Bounded by the number of filter and sort combinations. */
  private readonly statementNames = new Map<string, string>();

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async findMany(ids: string[]): Promise<ReadonlyMap<string, CompetitionText>> {
    const query = { name: 'competitions', text: BY_IDS, values: [ids] };
    const { rows } = await this.pool.query<CompetitionText & { id: string }>(query);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Sees what the transaction itself has written. */
  async getIn(tx: Tx, id: string): Promise<CompetitionText> {
    const [row] = await tx.$queryRawUnsafe<CompetitionText[]>(BY_IDS, [id]);
    if (row === undefined) throw new DomainError('COMPETITION_NOT_FOUND');
    return row;
  }

  async findMyRegistration(userId: string, competitionId: string): Promise<string | null> {
    const query = { name: 'my_registration', text: MY_REGISTRATION, values: [userId, competitionId] };
    const { rows } = await this.pool.query<{ text: string }>(query);
    return rows[0]?.text ?? null;
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

  async listByOrganizer(organizerId: string, after: string | null, limit: number) {
    const query = { name: 'competitions_of_organizer', text: OF_ORGANIZER, values: [organizerId, after, limit] };
    const { rows } = await this.pool.query<{ id: string; text: string }>(query);
    return rows;
  }

  countByOrganizer(tx: Tx, organizerId: string): Promise<number> {
    return tx.competition.count({ where: { organizerId, deletedAt: null } });
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
