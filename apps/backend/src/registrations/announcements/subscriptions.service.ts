import type { Subscription } from '@mini-compete/shared/announcements';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { verifyUnsubscribeToken } from '../../messaging/templates/unsubscribe-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** Unsubscribing by the signed link in an announcement, and taking that back. Both may be asked for again. */
@Injectable()
export class SubscriptionsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
  ) {}

  read(token: string): Promise<Subscription> {
    return this.run(token, READ);
  }

  unsubscribe(token: string): Promise<Subscription> {
    return this.run(token, UNSUBSCRIBE);
  }

  subscribe(token: string): Promise<Subscription> {
    return this.run(token, SUBSCRIBE);
  }

  private async run(token: string, sql: string): Promise<Subscription> {
    const participation = verifyUnsubscribeToken(this.env.jwtSecret, token);
    if (participation === null) throw new DomainError('UNSUBSCRIBE_TOKEN_INVALID');
    const { registrationId, userId } = participation;
    const { rows } = await this.pool.query<Subscription>(sql, [registrationId, userId]);
    // The account was erased, and the link with it; only the staff may see the title of a draft.
    if (rows[0] === undefined) throw new DomainError('UNSUBSCRIBE_TOKEN_INVALID');
    return rows[0];
  }
}

const OF_TOKEN = `
  SELECT u.id AS user_id, r.competition_id, c.title
  FROM registrations r JOIN competitions c ON c.id = r.competition_id JOIN users u ON u.id = coalesce(r.user_id, $2::uuid)
  WHERE r.id = $1 AND u.erased_at IS NULL AND c.visibility <> 'DRAFT'`;

const READ = `
  SELECT r.competition_id AS "competitionId", r.title, NOT EXISTS (
    SELECT FROM announcement_opt_outs o WHERE o.user_id = r.user_id AND o.competition_id = r.competition_id
  ) AS "isSubscribed"
  FROM (${OF_TOKEN}) r`;

const UNSUBSCRIBE = `
  WITH r AS (${OF_TOKEN}), opted_out AS (
    INSERT INTO announcement_opt_outs (user_id, competition_id) SELECT user_id, competition_id FROM r
    ON CONFLICT DO NOTHING
  )
  SELECT competition_id AS "competitionId", title, false AS "isSubscribed" FROM r`;

const SUBSCRIBE = `
  WITH r AS (${OF_TOKEN}), opted_in AS (
    DELETE FROM announcement_opt_outs o USING r WHERE o.user_id = r.user_id AND o.competition_id = r.competition_id
  )
  SELECT competition_id AS "competitionId", title, true AS "isSubscribed" FROM r`;
