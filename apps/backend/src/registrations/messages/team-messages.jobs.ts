import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { batched, type JobHandlers } from '../../platform/queue/handler.js';
import { isUnsettledJob, type JobOutcome } from '../../platform/queue/outbox.js';
import { lockPeople, MessageOrder, type OrderedMessage } from './message-order.js';
import type { Recipient } from './recipient.js';
import { RegistrationMessageJobs } from './registration-messages.jobs.js';
import { TEAM_EVENTS, TEAM_MESSAGES, type TeamEventJob, type TeamMemberState, type TeamState } from './team-events.js';
import { teamFor } from './team-of-reader.js';
import { lockTeamsOf } from './team-order.js';
import { READ_MEMBER, READ_TEAM } from './team-state.sql.js';

/**
 * Messages about what happens inside a team: to the member whom it concerns, and to the others. Each job has a transaction
 * of its own, because it locks all members of the team.
 */
@Injectable()
export class TeamMessageJobs implements JobHandlers {
  readonly handlers = [
    ...TEAM_EVENTS.map((job) => batched(job, (runs) => this.each(runs, (run) => this.sendEvent(run)))),
    batched('team-below-minimum', (runs) => this.each(runs, (run) => this.warn(run))),
  ];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
    private readonly registrations: RegistrationMessageJobs,
  ) {}

  private async each<Payload>(
    runs: readonly { readonly outboxId: string; readonly payload: Payload }[],
    send: (run: TeamRun<Payload>) => Promise<JobOutcome>,
  ): Promise<Map<string, JobOutcome>> {
    const outcomes = new Map<string, JobOutcome>();
    for (const { outboxId, payload } of runs)
      outcomes.set(outboxId, await inTransaction(this.pool, (tx) => send({ tx, outboxId, payload })));
    return outcomes;
  }

  /**
   * With the events of the team that come before it and are still to be told: they would be outdated by this one, although
   * they are as true as it is.
   */
  private async sendEvent({ tx, outboxId }: TeamRun<AboutMember>): Promise<JobOutcome> {
    const events = await unsettledEventsUpTo(tx, outboxId);
    const recipients = await lockTeamsOf(
      tx,
      events.map(({ memberId }) => memberId),
    );
    let outcome: JobOutcome = 'done';
    // Again under the lock: another run may have told some of them meanwhile.
    for (const event of await unsettledEventsUpTo(tx, outboxId)) outcome = await this.tell(tx, event, recipients);
    return outcome;
  }

  private async tell(
    tx: Queryable,
    { job, outboxId, number, memberId }: TeamEvent,
    recipients: readonly Recipient[],
  ): Promise<JobOutcome> {
    const before = await read<TeamMemberState>(tx, READ_MEMBER, memberId);
    if (before?.registrationId) await this.registrations.writeEarlier(tx, before.registrationId, number);
    const state = before && (await read<TeamMemberState>(tx, READ_MEMBER, memberId));
    const messages = recipients.flatMap((recipient): OrderedMessage[] => {
      const concerned = recipient.isMember || recipient.memberId === memberId;
      const message = state && concerned && TEAM_MESSAGES[job](state, recipient);
      if (!message) return [];
      const { kind } = message.content;
      const { competitionId } = state;
      // The others are told of each event; who joins or leaves is told of it once.
      const occurrence = kind === 'TEAM_CHANGED' ? outboxId : '';
      return [{ outboxId, number, recipient, message: { ...message, aboutId: memberId, occurrence, competitionId } }];
    });
    return this.write(tx, outboxId, messages);
  }

  /** That a registered team has too few members, and until when somebody can join. */
  private async warn({
    tx,
    outboxId,
    payload: { registrationId },
  }: TeamRun<{ readonly registrationId: string }>): Promise<JobOutcome> {
    const recipients = await lockPeople(tx, [registrationId]);
    const number = await unsettledNumber(tx, outboxId);
    if (number === null) return 'done';
    await this.registrations.writeEarlier(tx, registrationId, number);
    const state = await read<TeamState>(tx, READ_TEAM, registrationId);
    const missing = state === null ? 0 : state.teamMin - state.members;
    if (state === null || missing <= 0 || state.isLocked || state.isCancelled) return this.write(tx, outboxId, []);
    const { competitionId, team } = state;
    return this.write(
      tx,
      outboxId,
      recipients.map((recipient) => ({
        outboxId,
        number,
        recipient,
        message: {
          content: { kind: 'TEAM_BELOW_MINIMUM', params: { ...state, team: teamFor(team, recipient.userId), missing } },
          aboutId: registrationId,
          // A team may get too small several times.
          occurrence: outboxId,
          competitionId,
        },
      })),
    );
  }

  private async write(tx: Queryable, outboxId: string, messages: readonly OrderedMessage[]): Promise<JobOutcome> {
    const outdated = await this.order.write(tx, messages, [outboxId]);
    return outdated.length < messages.length ? 'done' : 'outdated';
  }
}

interface TeamRun<Payload> {
  readonly tx: Queryable;
  readonly outboxId: string;
  readonly payload: Payload;
}

interface AboutMember {
  readonly memberId: string;
}

interface TeamEvent extends AboutMember {
  readonly outboxId: string;
  readonly job: TeamEventJob;
  /** In the order of changes. */
  readonly number: number;
}

/** The event and those before it in its team, in their order, as far as they are still to be told; none if it is told. */
async function unsettledEventsUpTo(tx: Queryable, outboxId: string): Promise<TeamEvent[]> {
  const { rows } = await tx.query<TeamEvent>(
    `SELECT o.id AS "outboxId", o.job, o.number::float8 AS number, m.id AS "memberId"
     FROM outbox own
     JOIN team_members subject ON subject.id = (own.payload->>'memberId')::uuid
     JOIN team_members m ON m.team_id = subject.team_id
     JOIN outbox o ON o.payload = jsonb_build_object('memberId', m.id)
     WHERE own.id = $1 AND ${isUnsettledJob('own')} AND o.settled_at IS NULL AND o.number <= own.number AND o.job = ANY ($2)
     ORDER BY o.number`,
    [outboxId, TEAM_EVENTS],
  );
  return rows;
}

/** In the order of changes; null when the job is settled. */
async function unsettledNumber(tx: Queryable, outboxId: string): Promise<number | null> {
  const { rows } = await tx.query<{ number: number }>(
    `SELECT number::float8 AS number FROM outbox WHERE id = $1 AND ${isUnsettledJob()}`,
    [outboxId],
  );
  return rows[0]?.number ?? null;
}

async function read<State extends TeamState>(tx: Queryable, sql: string, id: string): Promise<State | null> {
  const { rows } = await tx.query<State>(sql, [id]);
  return rows[0] ?? null;
}
