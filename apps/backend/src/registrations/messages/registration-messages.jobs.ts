import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { isCalledOff } from '../../competitions/acts/pending-acts.js';
import { READER_COLUMNS, type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import type {
  CompetitionDetails,
  MessageContent,
  Origin,
  TeamOfReader,
} from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { PermanentFailure } from '../../platform/queue/errors.js';
import { batched, type JobHandlers, type JobOutcomes } from '../../platform/queue/handler.js';
import { isUnsettledJob, type JobOutcome } from '../../platform/queue/outbox.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { UsedInvitations } from '../invitations/used-invitations.js';
import { IS_TRUE, MESSAGE_JOBS, type MessageJob, type Situation } from './message.rules.js';
import { lockPeople, MessageOrder, type OrderedMessage } from './message-order.js';
import type { Recipient } from './recipient.js';
import { type StoredTeam, TEAM_OF_REGISTRATION, teamFor } from './team-of-reader.js';

/** A job, or one that is written before it: see `writeEarlier`. */
interface MessageRun {
  readonly outboxId: string;
  readonly payload: { readonly registrationId: string };
}

/** A job, its registration, the competition's details, and how the person reads, if it is no team's. */
interface JobState extends Situation, CompetitionDetails, ReaderColumns {
  readonly outboxId: string;
  /** Null when the job is settled. */
  readonly number: number | null;
  /** Null when it does not exist. */
  readonly registrationId: string | null;
  readonly competitionId: string;
  /** How the person came by the seat, the place on the waitlist or the application. */
  readonly by: Exclude<Origin, 'HOLD'>;
  /** Null if the seat never had to be confirmed. */
  readonly heldUntil: Date | null;
  /** Null when it has passed: a promise that was broken is not repeated. */
  readonly decisionsBy: Date | null;
  readonly byApplying: boolean;
  /** Whether it is, or was until its end, an application that nobody has decided on. */
  readonly isApplication: boolean;
  readonly mustConfirm: boolean;
  /** Null unless the staff has reinstated it. */
  readonly reinstatedAt: Date | null;
  readonly removalReason: string | null;
  /** An import that sends no mails has seated the person. */
  readonly isImportedQuietly: boolean;
  /** Null for a person's registration. */
  readonly teamOf: StoredTeam | null;
  readonly teamMin: number | null;
}

/** What one reader is told: to a team, the captain reads what the others do not. */
interface ToReader extends JobState {
  readonly team: TeamOfReader | null;
}

const CONTENT: Readonly<Record<MessageJob, (state: ToReader) => MessageContent>> = {
  confirmation: (state) => {
    // The message about the hold has said where the seat came from.
    if (state.heldUntil !== null) return { kind: 'CONFIRMED', params: { ...state, by: 'HOLD' } };
    return { kind: state.by === 'WAITLIST' ? 'PROMOTED' : 'CONFIRMED', params: state };
  },
  waiting: (state) => ({ kind: 'WAITING', params: state }),
  applied: (state) => ({ kind: 'APPLIED', params: state }),
  held: (state) => ({ kind: 'HELD', params: { ...state, heldUntil: endOfHold(state) } }),
  expired: (state) => ({ kind: 'EXPIRED', params: { ...state, heldUntil: endOfHold(state) } }),
  rejected: (state) => ({ kind: 'REJECTED', params: { ...state, reason: state.removalReason } }),
  left: (state) => ({ kind: 'LEFT', params: state }),
  removed: (state) => ({ kind: 'REMOVED', params: { ...state, reason: state.removalReason } }),
  'team-too-small': (state) => {
    const { team, teamMin } = state;
    if (team === null || teamMin === null) throw new PermanentFailure('Only a team can be too small.');
    return { kind: 'TEAM_TOO_SMALL', params: { ...state, team, teamMin } };
  },
  'no-show': (state) => ({ kind: 'NO_SHOW', params: state }),
};

function endOfHold({ heldUntil, registrationId }: JobState): Date {
  if (heldUntil === null) throw new PermanentFailure(`The registration ${registrationId} was never held.`);
  return heldUntil;
}

/**
 * Sends the messages about single registrations; a seat is CONFIRMED from its message on. About the registration of a team,
 * each of its members gets one, in one transaction. Each statement sees what was
 * committed before it, so what is read under the lock stays true until the messages are committed. A second run, also
 * after a crash, finds its job settled.
 */
@Injectable()
export class RegistrationMessageJobs implements JobHandlers {
  readonly handlers = MESSAGE_JOBS.map((job) =>
    batched(job, async (runs) => {
      if (job === 'confirmation')
        await this.invitations.endFor(runs.map(({ payload: { registrationId } }) => registrationId));
      return inTransaction(this.pool, (tx) => this.send(tx, job, runs));
    }),
  );

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
    private readonly invitations: UsedInvitations,
  ) {}

  /**
   * A batch skips what is locked: a transaction that ends many registrations locks many rows, and the two could deadlock.
   * A single job waits.
   */
  private async send(tx: Queryable, job: MessageJob, runs: readonly MessageRun[]): Promise<JobOutcomes> {
    const registrationIds = runs.map(({ payload }) => payload.registrationId);
    const isBatch = runs.length > 1;
    const locked = byRegistration(await lockPeople(tx, registrationIds, { skip: isBatch }));
    const states = await readStates(tx, runs);
    if (!isBatch && states[0]?.number !== null && states[0]?.registrationId === null)
      throw new PermanentFailure('The registration does not exist.');

    const contentOf = contentsOf(job);
    const outcomes = new Map<string, JobOutcome>();
    const messages: OrderedMessage[] = [];
    for (const state of states) {
      const { outboxId, number, competitionId } = state;
      const recipients = (state.registrationId === null ? undefined : locked.get(state.registrationId)) ?? [];
      if (number === null) outcomes.set(outboxId, 'done');
      if (number === null || (isBatch && recipients.length === 0)) continue;
      // A team whose last member has left has nobody to tell.
      const isTrue = recipients.length > 0 && IS_TRUE[job](state);
      outcomes.set(outboxId, isTrue ? 'done' : 'outdated');
      if (!isTrue) continue;
      for (const recipient of recipients) {
        const message = {
          content: contentOf(state, recipient),
          aboutId: state.registrationId as string,
          // Otherwise the message would count as the one that the person got before the registration ended.
          ...(state.reinstatedAt && { occurrence: state.reinstatedAt.toISOString() }),
          competitionId,
          mailboxOnly: job === 'confirmation' && state.isImportedQuietly,
          ...(recipient.memberId === null && { reader: readerOf(state) }),
        };
        messages.push({ outboxId, number, recipient, message, ...EFFECT[job] });
      }
    }
    const unsettled = states.filter(({ outboxId, number }) => number !== null && outcomes.has(outboxId));
    const outdated = await this.order.write(
      tx,
      messages,
      unsettled.map(({ outboxId }) => outboxId),
    );
    const written = new Set(messages.filter((message) => !outdated.includes(message)).map(({ outboxId }) => outboxId));
    for (const { outboxId } of outdated)
      if (outboxId !== undefined && !written.has(outboxId)) outcomes.set(outboxId, 'outdated');
    return outcomes;
  }

  /**
   * Writes the messages about a registration that changes with lower numbers have enqueued, before one about its team: each
   * member would take that one for newer, and what has become of the registration would reach nobody. Or before one about an
   * invitation. The caller holds the lock of the registration, or of the competition.
   */
  async writeEarlier(tx: Queryable, registrationId: string, number: number): Promise<void> {
    const { rows } = await tx.query<{ outboxId: string; job: MessageJob }>(
      `SELECT id AS "outboxId", job FROM outbox
       WHERE settled_at IS NULL AND number < $2 AND job = ANY ($3) AND payload = jsonb_build_object('registrationId', $1::text)
         AND EXISTS (SELECT FROM registrations WHERE id = $1::uuid AND status <> 'CONFIRMED')
       ORDER BY number`,
      [registrationId, number, MESSAGE_JOBS],
    );
    for (const { outboxId, job } of rows) await this.send(tx, job, [{ outboxId, payload: { registrationId } }]);
  }
}

/** What a message does besides being written. */
const EFFECT: Readonly<Partial<Record<MessageJob, Pick<OrderedMessage, 'newStatus'>>>> = {
  confirmation: { newStatus: 'CONFIRMED' },
};

/** The registrations of one competition share a content, so that it is rendered once and not for each of them. */
function contentsOf(job: MessageJob): (state: JobState, recipient: Recipient) => MessageContent {
  const contents = new Map<string, MessageContent>();
  return (state, { userId }) => {
    const { competitionId, by, heldUntil, isApplication, removalReason, teamOf } = state;
    const team = teamOf && teamFor(teamOf, userId);
    const key = `${competitionId} ${by} ${heldUntil?.getTime()} ${isApplication} ${removalReason} ${teamOf?.id} ${team?.captain}`;
    const content = contents.get(key) ?? CONTENT[job]({ ...state, team });
    contents.set(key, content);
    return content;
  };
}

function byRegistration(recipients: readonly Recipient[]): Map<string | null, Recipient[]> {
  const groups = new Map<string | null, Recipient[]>();
  for (const recipient of recipients) {
    const group = groups.get(recipient.registrationId);
    if (group === undefined) groups.set(recipient.registrationId, [recipient]);
    else group.push(recipient);
  }
  return groups;
}

async function readStates(tx: Queryable, runs: readonly MessageRun[]): Promise<JobState[]> {
  const { rows } = await tx.query<JobState>({
    name: 'states_of_jobs',
    text: READ_STATES,
    values: [runs.map(({ outboxId }) => outboxId), runs.map(({ payload }) => payload.registrationId)],
  });
  return rows;
}

/** LATERAL and LIMIT, so that each row is looked up by its index. */
const READ_STATES = `
  SELECT j.outbox_id AS "outboxId", o.number::float8 AS number,
         r.id AS "registrationId", r.status, r.end_reason AS "endReason", r.removal_reason AS "removalReason",
         CASE
           WHEN r.promoted_at IS NOT NULL THEN 'WAITLIST'
           WHEN r.reinstated_at > coalesce(r.decided_at, '-infinity') THEN 'REINSTATEMENT'
           WHEN i.import_id IS NOT NULL AND i.sent_at IS NULL THEN 'IMPORT'
           WHEN i.id IS NOT NULL THEN 'INVITATION'
           WHEN r.decided_at IS NOT NULL THEN 'APPLICATION'
           ELSE 'REGISTRATION'
         END AS by,
         c.admission_mode = 'APPROVAL' AND r.decided_at IS NULL AND i.id IS NULL AS "isApplication",
         r.held_until AS "heldUntil", r.held_until > clock_timestamp() IS TRUE AS "isHoldOpen",
         CASE WHEN c.decisions_by > clock_timestamp() THEN c.decisions_by END AS "decisionsBy",
         c.admission_mode = 'APPROVAL' AS "byApplying", c.confirm_within_seconds IS NOT NULL AS "mustConfirm",
         r.status ${IS_ACTIVE} OR NOT EXISTS (
           SELECT FROM registrations other
           WHERE other.user_id = r.user_id AND other.competition_id = r.competition_id AND other.status ${IS_ACTIVE}
         ) AND NOT EXISTS (
           SELECT FROM registrations other WHERE other.team_id = r.team_id AND other.status ${IS_ACTIVE}
         ) AS "isLatest",
         c.id AS "competitionId", c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location,
         ${isCalledOff('c')} OR c.deleted_at IS NOT NULL AS "isCancelled",
         r.reinstated_at AS "reinstatedAt",
         c.line_closed_at IS NOT NULL AS "isWaitlistClosed",
         i.import_id IS NOT NULL AND i.sent_at IS NULL AND EXISTS (
           SELECT FROM imports m WHERE m.id = i.import_id AND NOT m.notify
         ) AS "isImportedQuietly",
         c.team_min AS "teamMin", ${TEAM_OF_REGISTRATION} AS "teamOf",
         ${READER_COLUMNS}
  FROM unnest($1::uuid[], $2::uuid[]) AS j (outbox_id, registration_id)
  LEFT JOIN LATERAL (SELECT number FROM outbox WHERE id = j.outbox_id AND ${isUnsettledJob()} LIMIT 1) o ON true
  LEFT JOIN LATERAL (SELECT * FROM registrations WHERE id = j.registration_id LIMIT 1) r ON true
  LEFT JOIN LATERAL (SELECT id, import_id, sent_at FROM invitations WHERE registration_id = r.id LIMIT 1) i ON true
  LEFT JOIN LATERAL (SELECT * FROM competitions WHERE id = r.competition_id LIMIT 1) c ON true
  LEFT JOIN LATERAL (SELECT language, time_zone FROM users WHERE id = r.user_id LIMIT 1) u ON true`;
