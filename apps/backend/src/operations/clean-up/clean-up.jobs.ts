import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ACCOUNTS_CLEAN_UP } from '../../accounts/accounts.clean-up.js';
import { PENDING_ACTS_CLEAN_UP } from '../../competitions/acts/pending-acts.clean-up.js';
import { STAFF_CLEAN_UP } from '../../competitions/staff/staff.clean-up.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { IDEMPOTENCY_CLEAN_UP } from '../../platform/idempotency/idempotency.clean-up.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';
import { QUEUE_CLEAN_UP } from '../../platform/queue/queue.clean-up.js';
import type { RunOutcome } from '../../platform/queue/run-outcome.js';
import { STORAGE_CLEAN_UP } from '../../platform/storage/storage.clean-up.js';
import { ANNOUNCEMENTS_CLEAN_UP } from '../../registrations/announcements/announcements.clean-up.js';
import { IMPORTS_CLEAN_UP } from '../../registrations/imports/imports.clean-up.js';
import type { CleanUpRule } from '../../registry/clean-up-rule.js';
import { removeOldMessages } from './retention.js';

export const CLEAN_UP_RULES: readonly CleanUpRule[] = [
  ...IDEMPOTENCY_CLEAN_UP,
  ...ACCOUNTS_CLEAN_UP,
  ...STAFF_CLEAN_UP,
  ...PENDING_ACTS_CLEAN_UP,
  ...IMPORTS_CLEAN_UP,
  ...ANNOUNCEMENTS_CLEAN_UP,
  ...QUEUE_CLEAN_UP,
  ...STORAGE_CLEAN_UP,
];
const BATCH_SIZE = 1_000;

@Injectable()
export class CleanUpJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, @Inject(ENV) { retentionDays }: Pick<Env, 'retentionDays'>) {
    this.handlers = [scheduled(pool, 'clean-up', () => cleanUp(pool, retentionDays))];
  }
}

/**
 * Deletes expired rows in small batches that each commit: a run that is killed loses nothing, the next one continues,
 * and no lock is held for long.
 */
export async function cleanUp(pool: pg.Pool, retentionDays: number | null = null): Promise<RunOutcome> {
  const deleted = new Map<string, number>();
  for (const { table, expired } of CLEAN_UP_RULES) {
    const statement = `
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${expired} LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED
      ))`;
    for (let count = BATCH_SIZE; count === BATCH_SIZE; ) {
      count = (await pool.query(statement)).rowCount ?? 0;
      if (count > 0) deleted.set(table, (deleted.get(table) ?? 0) + count);
    }
  }
  if (retentionDays !== null) {
    const count = await removeOldMessages(pool, retentionDays);
    if (count > 0) deleted.set('mailbox_messages', count);
  }
  if (deleted.size === 0) return { text: 'nothingExpired' };
  return {
    text: 'deleted',
    values: { tables: [...deleted].map(([table, count]) => `${table} (${count})`).join(', ') },
  };
}
