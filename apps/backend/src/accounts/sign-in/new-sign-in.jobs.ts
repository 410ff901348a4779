import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { POOL } from '../../platform/database/pool.js';
import { type JobHandlers, transactional } from '../../platform/queue/handler.js';

interface SignIn {
  readonly userId: string;
  readonly device: string;
  readonly address: string;
  readonly at: Date;
}

/** Sends the owner of an account a message about a sign-in from a new device. */
@Injectable()
export class NewSignInJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, messages: MessageSender) {
    this.handlers = [
      transactional(pool, 'new-sign-in', async (tx, { sessionId }) => {
        const { rows } = await tx.query<SignIn>(
          'SELECT user_id AS "userId", device, address, created_at AS at FROM sessions WHERE id = $1',
          [sessionId],
        );
        const [signIn] = rows;
        // The session was deleted with its account, so there is no recipient.
        if (signIn === undefined) return 'outdated';
        const { userId, ...params } = signIn;
        await messages.send(tx, [{ userId, content: { kind: 'NEW_SIGN_IN', params }, aboutId: sessionId }]);
        return 'done';
      }),
    ];
  }
}
