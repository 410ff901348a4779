import type { ApplicationPage, ApplicationSort, BestApplications, Room } from '@mini-compete/shared/applications';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { withMember } from '../../platform/http/json-text.js';
import { answerValues, filtersAnswers } from '../questions/answer-filter.sql.js';
import {
  type ApplicationsFilter,
  BEST,
  COUNTS,
  LEFT_OUT,
  ONE,
  type Position,
  pageQuery,
  ROOM,
  totalQuery,
} from './applications.sql.js';

/** An application as JSON text, and its position for cursors. */
export interface ApplicationText extends Position {
  readonly text: string;
  /** As JSON; null for a person. */
  readonly team: string | null;
}

/** As the contract has it: people without a team have no `team`. */
export const textOf = ({ text, team }: Pick<ApplicationText, 'text' | 'team'>): string =>
  team === null ? text : withMember(text, 'team', team);

interface PageStart {
  readonly sort: ApplicationSort;
  /** Null for the first page. */
  readonly after: Position | null;
  readonly limit: number;
}

type Best = Pick<BestApplications['items'][number], 'registrationId' | 'name' | 'mean'> & {
  readonly seats: number;
  /** Of a team, its members. */
  readonly people: number;
};

/** The applications to a competition, as a member of its staff may see them. */
@Injectable()
export class ApplicationsRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async page(
    competitionId: string,
    readerId: string,
    filter: ApplicationsFilter,
    { sort, after, limit }: PageStart,
  ): Promise<ApplicationText[]> {
    const start = after === null ? '' : after.isUndecided ? '_undecided' : '_decided';
    const { rows } = await this.pool.query<ApplicationText>({
      name: statementName(`applications_${sort}${sort === 'best' ? '' : start}`, filter),
      text: pageQuery(filter, sort, after),
      values: [
        competitionId,
        readerId,
        filter.search || null,
        (sort === 'best' ? after?.id : after?.admission) ?? null,
        limit,
        ...answerValues(filter),
      ],
    });
    return rows;
  }

  async total(competitionId: string, readerId: string, filter: ApplicationsFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>({
      name: statementName('applications_total', filter),
      text: totalQuery(filter),
      values: [competitionId, readerId, filter.search || null, ...answerValues(filter)],
    });
    return rows[0]?.total ?? 0;
  }

  async find(competitionId: string, readerId: string, registrationId: string): Promise<string | null> {
    const { rows } = await this.pool.query<ApplicationText>({
      name: 'application',
      text: ONE,
      values: [competitionId, readerId, registrationId],
    });
    return rows[0] === undefined ? null : textOf(rows[0]);
  }

  async counts(competitionId: string): Promise<ApplicationPage['counts']> {
    const { rows } = await this.pool.query({ name: 'applications_counts', text: COUNTS, values: [competitionId] });
    return rows[0];
  }

  async room(competitionId: string): Promise<Room> {
    const { rows } = await this.pool.query({ name: 'applications_room', text: ROOM, values: [competitionId] });
    return rows[0];
  }

  async best(competitionId: string, readerId: string, count: number): Promise<Best[]> {
    const { rows } = await this.pool.query<Best>({
      name: 'applications_best',
      text: BEST,
      values: [competitionId, readerId, count],
    });
    return rows;
  }

  async countLeftOut(competitionId: string, readerId: string): Promise<number> {
    const { rows } = await this.pool.query<{ unreviewed: number }>({
      name: 'applications_left_out',
      text: LEFT_OUT,
      values: [competitionId, readerId],
    });
    return rows[0]?.unreviewed ?? 0;
  }
}

const statementName = (kind: string, filter: ApplicationsFilter) => {
  const { show, reviewed, search } = filter;
  const parts = [kind, show, reviewed, search && 'searched', filtersAnswers(filter) && 'answered'];
  return parts.filter((part) => part).join('_');
};
