import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type ListFilter, type ListOrder, type ListQuery, listQuery, type Position, totalQuery } from './list-query.js';
import { DETAIL, MINE } from './summary.sql.js';

const MANY = `SELECT c.id, ${DETAIL}::text AS text, c.version
FROM competitions c JOIN users o ON o.id = c.organizer_id
WHERE c.id = ANY ($1::uuid[]) AND c.deleted_at IS NULL`;

const OWN_REGISTRATION = `
SELECT row_to_json(own)::text AS text
FROM (
  SELECT r.id AS "registrationId", r.status,
         CASE r.status WHEN 'WAITLISTED' THEN (
           SELECT count(*)::int FROM registrations b
           WHERE b.competition_id = r.competition_id AND b.status = 'WAITLISTED' AND b.admission <= r.admission
         ) END AS position,
         iso_instant(r.registered_at) AS "registeredAt"
  FROM registrations r
  WHERE r.user_id = $1 AND r.competition_id = $2 AND r.status <> 'CANCELLED'
) own`;

const OF_ORGANIZER = `
SELECT c.id, ${MINE}::text AS text
FROM competitions c JOIN users o ON o.id = c.organizer_id
WHERE c.organizer_id = $1 AND c.deleted_at IS NULL AND ($2::uuid IS NULL OR c.id < $2)
ORDER BY c.id DESC LIMIT $3`;

/** A competition as JSON text, without the reader's own part. */
export interface CompetitionText {
  readonly text: string;
  readonly version: number;
}

export type Row = Position & { at: Date; summary: string };

/** Reads answers as the text that goes out. */
@Injectable()
export class CompetitionsRepository {
  /** Statements by their text: each is parsed once per connection. There are as many as kinds of lists. */
  private readonly names = new Map<string, string>();

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async findMany(ids: string[]): Promise<ReadonlyMap<string, CompetitionText>> {
    const query = { name: 'competitions', text: MANY, values: [ids] };
    const { rows } = await this.pool.query<CompetitionText & { id: string }>(query);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** As the transaction sees it: what it has just written. */
  async getIn(tx: Tx, id: string): Promise<CompetitionText> {
    const [row] = await tx.$queryRawUnsafe<CompetitionText[]>(MANY, [id]);
    if (row === undefined) throw new DomainError('COMPETITION_NOT_FOUND');
    return row;
  }

  async findOwnRegistration(userId: string, competitionId: string): Promise<string | null> {
    const query = { name: 'own_registration', text: OWN_REGISTRATION, values: [userId, competitionId] };
    const { rows } = await this.pool.query<{ text: string }>(query);
    return rows[0]?.text ?? null;
  }

  /** What somebody typed as a query over words, or null when there is no word in it. */
  async wordsMeant(search: string): Promise<string | null> {
    const query = { name: 'search_query', text: 'SELECT search_query($1)::text AS words', values: [search] };
    const { rows } = await this.pool.query<{ words: string | null }>(query);
    return rows[0]?.words ?? null;
  }

  async list(query: ListFilter & ListOrder, now: Date, rare: boolean): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(this.planned(listQuery(query, now, rare), query));
    return rows;
  }

  async count(filter: ListFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>(this.planned(totalQuery(filter), filter));
    return rows[0]?.total ?? 0;
  }

  async listOfOrganizer(organizerId: string, after: string | null, limit: number) {
    const query = { name: 'competitions_of_organizer', text: OF_ORGANIZER, values: [organizerId, after, limit] };
    const { rows } = await this.pool.query<{ id: string; text: string }>(query);
    return rows;
  }

  countOfOrganizer(tx: Tx, organizerId: string): Promise<number> {
    return tx.competition.count({ where: { organizerId, deletedAt: null } });
  }

  /** A search is planned each time, for its words. */
  private planned(query: ListQuery, { words }: ListFilter) {
    return words === undefined ? this.named(query) : query;
  }

  private named(query: ListQuery) {
    let name = this.names.get(query.text);
    if (name === undefined) {
      name = `competitions_${this.names.size}`;
      this.names.set(query.text, name);
    }
    return { name, ...query };
  }
}
