import type { StaffRole } from '@mini-compete/shared/permissions';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Mailer } from '../../messaging/delivery/mailer.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { emailWithoutAccount } from '../../messaging/templates/email-template.js';
import { READER_COLUMNS, type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import {
  type CompetitionDetails,
  type MessageContent,
  renderMessage,
} from '../../messaging/templates/render-message.js';
import { staffInvitationPath } from '../../messaging/templates/staff-invitation-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single, transactional } from '../../platform/queue/handler.js';
import { enqueueSql, type JobOutcome, settle } from '../../platform/queue/outbox.js';
import type { Payload } from '../../registry/jobs.js';
import { IS_OPEN } from './staff.repository.js';

/** Sends the messages about the staff of a competition, to whom they concern. */
@Injectable()
export class StaffJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
    private readonly messages: MessageSender,
    private readonly mailer: Mailer,
  ) {
    this.handlers = [
      transactional(pool, 'staff-invited', (tx, payload) => this.invited(tx, payload)),
      single('staff-invitation-mail', (run) => this.mailInvitation(run)),
      transactional(pool, 'staff-joined', (tx, payload) => this.joined(tx, payload)),
      transactional(pool, 'staff-role-changed', (tx, payload) => this.roleChanged(tx, payload)),
      transactional(pool, 'staff-removed', (tx, payload) => this.removed(tx, payload)),
    ];
  }

  /** A message for the account with the address, whose mail follows; without an account, only a mail. */
  private async invited(tx: Queryable, { invitationId, at }: Payload<'staff-invited'>): Promise<JobOutcome> {
    const invitation = await findInvitation(tx, invitationId, at);
    if (invitation === null) return 'outdated';
    const { userId, competitionId } = invitation;
    if (userId !== null) {
      const content = contentOf(invitation);
      await this.messages.send(tx, [{ userId, content, aboutId: invitationId, occurrence: at, competitionId }]);
    } else if (this.mailer.isConfigured)
      await tx.query(enqueueSql('staff-invitation-mail', { invitationId: '$1::text', at: '$2::text' }, ''), [
        invitationId,
        at,
      ]);
    return 'done';
  }

  /**
   * In the language of the person who invites: that of the invited person is unknown. After a crash a second mail may
   * follow, with the same Message-ID and the same link.
   */
  private async mailInvitation(run: Run<'staff-invitation-mail'>): Promise<JobOutcome> {
    const { outboxId, payload, starts, stopping } = run;
    const { invitationId, at } = payload;
    const invitation = await findInvitation(this.pool, invitationId, at);
    if (invitation === null || !this.mailer.isConfigured) return settle(this.pool, outboxId, 'outdated');
    const reader = readerOf(invitation);
    const url = this.env.frontendUrl + staffInvitationPath(this.env.jwtSecret, invitationId);
    await this.mailer.send(
      {
        id: `${invitationId}.${Date.parse(at)}`,
        to: { address: invitation.email },
        content: emailWithoutAccount(
          'STAFF_INVITED',
          renderMessage(contentOf(invitation), reader),
          reader.language,
          url,
        ),
        calendar: null,
      },
      { beforeBody: () => Promise.resolve(true), signal: stopping, starts },
    );
    return settle(this.pool, outboxId);
  }

  /** To all owners but the one who joined. */
  private async joined(tx: Queryable, { competitionId, userId, at }: Payload<'staff-joined'>): Promise<JobOutcome> {
    const member = await findMember(tx, competitionId, userId);
    if (member === null) return 'outdated';
    const { rows: owners } = await tx.query<{ userId: string }>(
      `SELECT user_id AS "userId" FROM competition_staff
       WHERE competition_id = $1 AND role = 'OWNER' AND user_id <> $2`,
      [competitionId, userId],
    );
    const content: MessageContent = { kind: 'STAFF_JOINED', params: member };
    const message = { content, aboutId: competitionId, occurrence: `${userId} ${at}`, competitionId };
    await this.messages.send(
      tx,
      owners.map((owner) => ({ ...message, ...owner })),
    );
    return 'done';
  }

  private async roleChanged(tx: Queryable, payload: Payload<'staff-role-changed'>): Promise<JobOutcome> {
    const { competitionId, userId, at } = payload;
    const member = await findMember(tx, competitionId, userId);
    if (member === null) return 'outdated';
    const content: MessageContent = { kind: 'STAFF_ROLE_CHANGED', params: member };
    await this.messages.send(tx, [{ userId, content, aboutId: competitionId, occurrence: at, competitionId }]);
    return 'done';
  }

  private async removed(tx: Queryable, payload: Payload<'staff-removed'>): Promise<JobOutcome> {
    const { competitionId, userId, at } = payload;
    if ((await findMember(tx, competitionId, userId)) !== null) return 'outdated';
    const { rows } = await tx.query<CompetitionDetails>(`SELECT ${DETAILS} FROM competitions c WHERE c.id = $1`, [
      competitionId,
    ]);
    const [params] = rows;
    if (params === undefined) return 'outdated';
    const content: MessageContent = { kind: 'STAFF_REMOVED', params };
    await this.messages.send(tx, [{ userId, content, aboutId: competitionId, occurrence: at, competitionId }]);
    return 'done';
  }
}

const DETAILS = 'c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location';

interface Member extends CompetitionDetails {
  readonly role: StaffRole;
  readonly name: string;
}

async function findMember(tx: Queryable, competitionId: string, userId: string): Promise<Member | null> {
  const { rows } = await tx.query<Member>(
    `SELECT ${DETAILS}, s.role, u.name
     FROM competition_staff s JOIN competitions c ON c.id = s.competition_id JOIN users u ON u.id = s.user_id
     WHERE s.competition_id = $1 AND s.user_id = $2 AND c.deleted_at IS NULL`,
    [competitionId, userId],
  );
  return rows[0] ?? null;
}

/** With the language and the time zone of the person who invites. */
interface Invitation extends CompetitionDetails, ReaderColumns {
  readonly competitionId: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly expiresAt: Date;
  readonly inviter: string | null;
  /** The account with the address. */
  readonly userId: string | null;
}

/** Null when it is no longer open, or was renewed since `at`: then a later job sends it. */
async function findInvitation(tx: Queryable, id: string, at: string): Promise<Invitation | null> {
  const { rows } = await tx.query<Invitation>(
    `SELECT i.competition_id AS "competitionId", i.email, i.role, i.expires_at AS "expiresAt", ${DETAILS},
            u.name AS inviter, ${READER_COLUMNS}, account.id AS "userId"
     FROM staff_invitations i
     JOIN competitions c ON c.id = i.competition_id
     LEFT JOIN users u ON u.id = i.invited_by_id
     LEFT JOIN users account ON account.email = i.email
     WHERE i.id = $1 AND i.invited_at = $2::timestamptz AND ${IS_OPEN} AND c.deleted_at IS NULL`,
    [id, at],
  );
  return rows[0] ?? null;
}

const contentOf = (params: Invitation): MessageContent => ({ kind: 'STAFF_INVITED', params });
