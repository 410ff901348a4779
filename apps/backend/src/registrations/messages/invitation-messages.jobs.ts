import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { isCalledOff } from '../../competitions/acts/pending-acts.js';
import { Mailer } from '../../messaging/delivery/mailer.js';
import { readNotes } from '../../messaging/mailbox/message-notes.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { emailWithoutAccount } from '../../messaging/templates/email-template.js';
import { messagePath } from '../../messaging/templates/message-path.js';
import { READER_COLUMNS, type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import {
  type CompetitionDetails,
  type MessageContent,
  renderMessage,
} from '../../messaging/templates/render-message.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single, transactional } from '../../platform/queue/handler.js';
import { enqueueSql, type JobOutcome, settle } from '../../platform/queue/outbox.js';
import type { Payload } from '../../registry/jobs.js';
import { HOLDS_SEAT } from '../../registry/registration-statuses.js';
import { RegistrationMessageJobs } from './registration-messages.jobs.js';

type Kind = Payload<'invitation-mail'>['kind'] | 'INVITATION_EXPIRED';
type About = Payload<'invited'> & { readonly kind: Kind };

interface Invitation extends CompetitionDetails, ReaderColumns {
  readonly competitionId: string;
  readonly email: string;
  readonly message: string | null;
  readonly expiresAt: Date;
  readonly inviter: string | null;
  readonly isCancelled: boolean;
  /** Of the account with the address, if there is one. */
  readonly userId: string | null;
}

/** Sends the messages about invitations: to the account with the address, or by mail to an address without one. */
@Injectable()
export class InvitationMessageJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
    private readonly messages: MessageSender,
    private readonly registrations: RegistrationMessageJobs,
    private readonly mailer: Mailer,
  ) {
    this.handlers = [
      transactional(pool, 'invited', (tx, payload, outboxId) =>
        this.send(tx, outboxId, { ...payload, kind: 'INVITED' }),
      ),
      transactional(pool, 'invitation-withdrawn', (tx, payload, outboxId) =>
        this.send(tx, outboxId, { ...payload, kind: 'INVITATION_WITHDRAWN' }),
      ),
      transactional(pool, 'invitation-expired', (tx, payload, outboxId) =>
        this.send(tx, outboxId, { ...payload, kind: 'INVITATION_EXPIRED' }),
      ),
      single('invitation-mail', (run) => this.mail(run, run.payload)),
      single('invitation-expired-mail', (run) => this.mail(run, { ...run.payload, kind: 'INVITATION_EXPIRED' })),
    ];
  }

  /**
   * Under the lock of the competition: nobody registers, and no invitation is accepted or ends, until the message is
   * committed. What has become of the person's registrations before is written first, as it would be misread after it.
   */
  private async send(tx: Queryable, outboxId: string, { invitationId, at, kind }: About): Promise<JobOutcome> {
    await tx.query(LOCK_COMPETITION, [invitationId]);
    const invitation = await findInvitation(tx, invitationId, at, kind);
    if (invitation === null) return 'outdated';
    const { userId, competitionId } = invitation;
    if (userId !== null) {
      for (const { id, number } of await findRegistrations(tx, outboxId, invitation))
        await this.registrations.writeEarlier(tx, id, number);
      const content = contentOf(kind, invitation);
      await this.messages.send(tx, [{ userId, content, aboutId: invitationId, occurrence: at, competitionId }]);
    } else if (this.mailer.isConfigured) await enqueueMail(tx, { invitationId, at, kind });
    return 'done';
  }

  /**
   * In the language of the person who invites: that of the invited person is unknown. After a crash a second mail may
   * follow, with the same Message-ID and the same link.
   */
  private async mail(
    { outboxId, starts, stopping }: Pick<Run<'invitation-mail'>, 'outboxId' | 'starts' | 'stopping'>,
    { invitationId, at, kind }: About,
  ): Promise<JobOutcome> {
    const invitation = await findInvitation(this.pool, invitationId, at, kind);
    if (invitation === null || !this.mailer.isConfigured) return settle(this.pool, outboxId, 'outdated');
    const { competitionId, email } = invitation;
    const reader = readerOf(invitation);
    const content = contentOf(kind, invitation);
    const noteOf = await readNotes(this.pool, [{ content, competitionId }]);
    const note = noteOf({ content, competitionId }, reader.language);
    const path = messagePath({ kind, aboutId: invitationId, competitionId }, this.env.jwtSecret);
    await this.mailer.send(
      {
        id: `${invitationId}.${kind.toLowerCase()}.${Date.parse(at)}`,
        to: { address: email },
        content: emailWithoutAccount(
          kind,
          renderMessage(content, reader, note),
          reader.language,
          this.env.frontendUrl + path,
        ),
        calendar: null,
      },
      { beforeBody: () => Promise.resolve(true), signal: stopping, starts },
    );
    return settle(this.pool, outboxId);
  }
}

const enqueueMail = (tx: Queryable, { invitationId, at, kind }: About): Promise<unknown> =>
  kind === 'INVITATION_EXPIRED'
    ? tx.query(enqueueSql('invitation-expired-mail', { invitationId: '$1::text', at: '$2::text' }, ''), [
        invitationId,
        at,
      ])
    : tx.query(enqueueSql('invitation-mail', { invitationId: '$1::text', at: '$2::text', kind: '$3::text' }, ''), [
        invitationId,
        at,
        kind,
      ]);

function contentOf(kind: Kind, params: Invitation): MessageContent {
  switch (kind) {
    case 'INVITED':
      return { kind, params };
    case 'INVITATION_WITHDRAWN':
      return { kind, params };
    case 'INVITATION_EXPIRED':
      return { kind, params };
  }
}

/** In a statement of its own: the next one sees what was committed before. */
const LOCK_COMPETITION = `
  SELECT FROM competitions WHERE id = (SELECT competition_id FROM invitations WHERE id = $1) FOR NO KEY UPDATE`;

/** With a message about the later invitation, or about what has become of it. */
const IS_INVITED_AGAIN = `EXISTS (
  SELECT FROM invitations later
  WHERE later.competition_id = c.id AND later.email = i.email
    AND (later.ended_at IS NULL OR later.id > i.id AND later.sent_at IS NOT NULL))`;

const HAS_SEAT = `EXISTS (
  SELECT FROM registrations r
  WHERE r.competition_id = c.id AND r.user_id = account.id AND r.status ${HOLDS_SEAT})`;

/**
 * When the message is still true. None is to a person who has a seat meanwhile: an invitation cannot be accepted then, and
 * its end would seem to be that of the seat. INVITED: it is open, and was not sent again since `at`. INVITATION_WITHDRAWN:
 * nobody has invited the address again, and a canceled competition has not sent the person a message about a registration.
 * INVITATION_EXPIRED: nobody has invited the address again, and the person can still take part.
 */
const IS_TRUE: Record<Kind, string> = {
  INVITED: `i.sent_at = $2::timestamptz AND i.ended_at IS NULL AND i.expires_at > clock_timestamp()
    AND NOT ${isCalledOff('c')} AND NOT ${HAS_SEAT}`,
  INVITATION_WITHDRAWN: `i.ended_at = $2::timestamptz AND NOT ${IS_INVITED_AGAIN} AND NOT ${HAS_SEAT}
    AND NOT EXISTS (
      SELECT FROM registrations r
      WHERE r.competition_id = c.id AND r.user_id = account.id AND r.end_reason = 'COMPETITION_CANCELLED')`,
  INVITATION_EXPIRED: `i.ended_at = $2::timestamptz AND c.cancelled_at IS NULL
    AND (c.start_date IS NULL OR c.start_date > clock_timestamp())
    AND NOT ${IS_INVITED_AGAIN} AND NOT ${HAS_SEAT}`,
};

/** Null when the message is no longer true, or the account with the address was erased. */
async function findInvitation(tx: Queryable, id: string, at: string, kind: Kind): Promise<Invitation | null> {
  const { rows } = await tx.query<Invitation>(
    `SELECT i.competition_id AS "competitionId", i.email, i.message, i.expires_at AS "expiresAt",
            c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location,
            i.outcome = 'COMPETITION_CANCELLED' AS "isCancelled",
            u.name AS inviter, ${READER_COLUMNS}, account.id AS "userId"
     FROM invitations i
     JOIN competitions c ON c.id = i.competition_id
     LEFT JOIN users u ON u.id = i.invited_by_id
     LEFT JOIN users account ON account.email = i.email
     WHERE i.id = $1 AND i.email <> '' AND c.deleted_at IS NULL AND ${IS_TRUE[kind]}`,
    [id, at],
  );
  return rows[0] ?? null;
}

/** Of the person in the competition, in their order, each with the number of the job. */
async function findRegistrations(
  tx: Queryable,
  outboxId: string,
  { userId, competitionId }: Invitation,
): Promise<{ id: string; number: number }[]> {
  const { rows } = await tx.query<{ id: string; number: number }>(
    `SELECT r.id, o.number::float8 AS number FROM outbox o, registrations r
     WHERE o.id = $1 AND r.user_id = $2 AND r.competition_id = $3 ORDER BY r.admission`,
    [outboxId, userId, competitionId],
  );
  return rows;
}
