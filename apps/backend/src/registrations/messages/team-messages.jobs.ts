import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { batched, type JobHandlers } from '../../platform/queue/handler.js';
import type { JobOutcome } from '../../platform/queue/outbox.js';
import { lockPeople, MessageOrder, type OrderedMessage } from './message-order.js';
import { RegistrationMessageJobs } from './registration-messages.jobs.js';
import { TEAM_EVENTS, TEAM_MESSAGES, type TeamEventJob, type TeamMemberState, type TeamState } from './team-events.js';
import { teamFor } from './team-of-reader.js';
import { lockTeam } from './team-order.js';
import { READ_MEMBER, READ_TEAM } from './team-state.sql.js';

/**
 * Messages about what happens inside a team: to the member whom it concerns, and to the others. Each job has a transaction
 * of its own, because it locks all members of the team.
 */
@Injectable()
export class TeamMessageJobs implements JobHandlers {
  readonly handlers = [
    ...TEAM_EVENTS.map((job) =>
      batched(job, (runs) => this.each(runs, (run, number) => this.sendEvent(job, run, number))),
    ),
    batched('team-below-minimum', (runs) => this.each(runs, (run, number) => this.warn(run, number))),
  ];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
    private readonly registrations: RegistrationMessageJobs,
  ) {}

  private async each<Payload>(
    runs: readonly { readonly outboxId: string; readonly payload: Payload }[],
    send: (run: TeamRun<Payload>, number: number) => Promise<JobOutcome>,
  ): Promise<Map<string, JobOutcome>> {
    const outcomes = new Map<string, JobOutcome>();
    for (const { outboxId, payload } of runs)
      outcomes.set(
        outboxId,
        await inTransaction(this.pool, async (tx) => {
          const number = await lockNumber(tx, outboxId);
          return number === null ? 'done' : send({ tx, outboxId, payload }, number);
        }),
      );
    return outcomes;
  }

  private async sendEvent(
    job: TeamEventJob,
    { tx, outboxId, payload: { memberId } }: TeamRun<{ readonly memberId: string }>,
    number: number,
  ): Promise<JobOutcome> {
    const recipients = await lockTeam(tx, memberId);
    const before = await read<TeamMemberState>(tx, READ_MEMBER, memberId);
    if (before?.registrationId) await this.registrations.writeEarlier(tx, before.registrationId, number);
    const state = before && (await read<TeamMemberState>(tx, READ_MEMBER, memberId));
    const messages = recipients.flatMap((recipient): OrderedMessage[] => {
      const message = state && TEAM_MESSAGES[job](state, recipient);
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
  private async warn(
    { tx, outboxId, payload: { registrationId } }: TeamRun<{ readonly registrationId: string }>,
    number: number,
  ): Promise<JobOutcome> {
    const recipients = await lockPeople(tx, [registrationId]);
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

/** The job's number in the order of changes, with the lock of its row; null when it is settled. */
async function lockNumber(tx: Queryable, outboxId: string): Promise<number | null> {
  const { rows } = await tx.query<{ number: number }>(
    'SELECT number::float8 AS number FROM outbox WHERE id = $1 AND settled_at IS NULL FOR UPDATE',
    [outboxId],
  );
  return rows[0]?.number ?? null;
}

async function read<State extends TeamState>(tx: Queryable, sql: string, id: string): Promise<State | null> {
  const { rows } = await tx.query<State>(sql, [id]);
  return rows[0] ?? null;
}
