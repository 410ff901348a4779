import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { messageOf } from '../../platform/queue/errors.js';
import { type JobHandlers, type Run, single, transactional } from '../../platform/queue/handler.js';
import { settle } from '../../platform/queue/outbox.js';
import { accountData } from './account-data.js';
import { ErasedAccountsFile } from './erased-accounts-file.js';
import { ErasureService } from './erasure.service.js';

const BATCH_SIZE = 500;

/** Writes exports, and removes what an erasure leaves to the worker because there may be much of it. */
@Injectable()
export class PrivacyJobs implements JobHandlers, OnApplicationBootstrap {
  private readonly logger = new Logger('Privacy');
  private readonly file: ErasedAccountsFile | null;
  readonly handlers;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) { erasedAccountsFile }: Pick<Env, 'erasedAccountsFile'>,
    private readonly erasure: ErasureService,
    private readonly seats: SeatNotifier,
    messages: MessageSender,
  ) {
    this.file = erasedAccountsFile === null ? null : new ErasedAccountsFile(erasedAccountsFile);
    this.handlers = [
      single('erase-rest', (run) => this.eraseRest(run)),
      transactional(pool, 'export', async (tx, { exportId }) => {
        const { rows } = await tx.query<{ userId: string }>(
          'SELECT user_id AS "userId" FROM account_exports WHERE id = $1 AND content IS NULL FOR UPDATE',
          [exportId],
        );
        const [requested] = rows;
        // Requested again, or deleted with the account.
        if (requested === undefined) return 'outdated';
        const { userId } = requested;
        const content = JSON.stringify(await accountData(tx, userId), null, 2);
        await tx.query('UPDATE account_exports SET content = $2, finished_at = now() WHERE id = $1', [
          exportId,
          content,
        ]);
        await messages.send(tx, [{ userId, content: { kind: 'EXPORT_READY', params: {} }, aboutId: exportId }]);
        return 'done';
      }),
    ];
  }

  /** A restored backup may contain erased accounts. Without it the worker would still be useful, so a failure is logged. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.file === null) return;
    try {
      const erased = await this.erasure.eraseAgain(await this.file.ids());
      if (erased > 0) this.logger.warn(`Erased ${erased} accounts again that a restored backup had brought back`);
    } catch (error) {
      this.logger.error(`Erased accounts may be back, they are looked for at the next start: ${messageOf(error)}`);
    }
  }

  /** Each batch commits, and a second run finds nothing left to do. */
  private async eraseRest({ outboxId, payload: { userId } }: Run<'erase-rest'>): Promise<void> {
    for (const competitionId of await this.erasure.endRegistrations(userId)) this.seats.notify(competitionId);
    for (const { text, values } of REST)
      for (let count = BATCH_SIZE; count === BATCH_SIZE; )
        count = (await this.pool.query(text, [userId, ...values])).rowCount ?? 0;
    await this.file?.add(userId);
    await settle(this.pool, outboxId);
  }
}

/** Messages lose their text and keep their row, which says that they were written. Jobs deliver none to an erased account. */
const REST = [
  {
    text: `UPDATE mailbox_messages
           SET title = '', text = '', html = NULL, read_at = coalesce(read_at, now())
           WHERE id IN (
             SELECT id FROM mailbox_messages
             WHERE user_id = $1 AND (title <> '' OR text <> '' OR html IS NOT NULL)
             LIMIT $2)`,
    values: [BATCH_SIZE],
  },
  {
    text: `DELETE FROM idempotency_records WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM idempotency_records WHERE user_id = $1 LIMIT $2))`,
    values: [BATCH_SIZE],
  },
  {
    // The texts that the person agreed to are kept.
    text: `UPDATE registration_answers SET answers = '{}' WHERE registration_id IN (
             SELECT a.registration_id FROM registrations r JOIN registration_answers a ON a.registration_id = r.id
             WHERE r.user_id = $1 AND a.answers <> '{}' LIMIT $2)`,
    values: [BATCH_SIZE],
  },
  {
    text: `UPDATE team_member_answers SET answers = '{}' WHERE member_id IN (
             SELECT a.member_id FROM team_members m JOIN team_member_answers a ON a.member_id = m.id
             WHERE m.user_id = $1 AND a.answers <> '{}' LIMIT $2)`,
    values: [BATCH_SIZE],
  },
  {
    text: `UPDATE registrations SET removal_reason = NULL WHERE id IN (
             SELECT id FROM registrations WHERE user_id = $1 AND removal_reason IS NOT NULL LIMIT $2)`,
    values: [BATCH_SIZE],
  },
  {
    // What the person wrote, and what was written about them or about a team of theirs that has ended. The scores stay, with
    // ids only.
    text: `UPDATE application_reviews SET note = NULL WHERE (registration_id, reviewer_id) IN (
             SELECT registration_id, reviewer_id FROM application_reviews WHERE reviewer_id = $1 AND note IS NOT NULL
             UNION
             SELECT v.registration_id, v.reviewer_id FROM registrations r
             JOIN application_reviews v ON v.registration_id = r.id WHERE r.user_id = $1 AND v.note IS NOT NULL
             UNION
             SELECT v.registration_id, v.reviewer_id
             FROM team_members m JOIN teams t ON t.id = m.team_id AND t.ended_at IS NOT NULL
             JOIN registrations r ON r.team_id = t.id
             JOIN application_reviews v ON v.registration_id = r.id WHERE m.user_id = $1 AND v.note IS NOT NULL
             LIMIT $2)`,
    values: [BATCH_SIZE],
  },
] as const;
