import { Injectable } from '@nestjs/common';
import { type Message, MessageSender } from '../../messaging/mailbox/message-sender.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { isUnsettledJob } from '../../platform/queue/outbox.js';
import type { Recipient } from './recipient.js';
import { lockTeams } from './team-order.js';

export interface OrderedMessage {
  readonly recipient: Recipient;
  /** Of the change that the message is about. */
  readonly number: number;
  readonly message: Omit<Message, 'userId'>;
  /** The registration gets this status with its messages. */
  readonly newStatus?: 'CONFIRMED';
  /** The job that is settled with the message. */
  readonly outboxId?: string;
}

/**
 * The order of messages, one per person and competition, whatever their kind. The outbox numbers all jobs, and jobs about
 * changes are enqueued under the lock of the competition, so the numbers are in the order of the changes. A registration
 * keeps the number up to which its person has messages, and in a team each membership does; no message with a lower one is
 * written: jobs run in any order, and some twice. Numbers and no ids, because ids follow a clock, which can go back.
 *
 * A writer takes the lock first, then reads what is true now, and then writes: see `message.rules.ts`.
 */
@Injectable()
export class MessageOrder {
  constructor(private readonly sender: MessageSender) {}

  /**
   * Writes those that are next in the order; returns the others, which are outdated. With `jobs`, settles each one: a
   * job is outdated if it has no message, or outdated ones only.
   */
  async write(
    tx: Queryable,
    messages: readonly OrderedMessage[],
    jobs: readonly string[] = [],
  ): Promise<OrderedMessage[]> {
    const isNext = ({ number, recipient }: OrderedMessage) => number >= recipient.messagesUpTo;
    const next = messages.filter(isNext);
    const done = [...new Set(next.map(({ outboxId }) => outboxId).filter((id) => id !== undefined))];
    const outdated = jobs.filter((id) => !done.includes(id));
    const values = [
      next.map(({ recipient }) => recipient.registrationId),
      next.map(({ number }) => number),
      next.map(({ newStatus }) => newStatus ?? null),
      done,
      outdated,
    ];
    const ofTeams = next.some(({ recipient }) => recipient.memberId !== null);
    if (next.length === 0 && outdated.length > 0)
      await tx.query({ name: 'settle_outdated', text: SETTLE_OUTDATED, values: [outdated] });
    const overtaken = overtakenStatuses(messages, next);
    if (overtaken.length > 0) await tx.query({ name: 'set_overtaken', text: SET_OVERTAKEN, values: [overtaken] });
    if (next.length > 0)
      await this.sender.send(
        tx,
        next.map(({ recipient, message }) => ({ ...message, userId: recipient.userId })),
        ofTeams
          ? {
              name: 'send_in_order_to_teams',
              ctes: SET_ORDER + SET_ORDER_OF_MEMBERS,
              values: [...values, next.map(({ recipient }) => recipient.memberId)],
            }
          : { name: 'send_in_order', ctes: SET_ORDER, values },
      );
    return messages.filter((message) => !isNext(message));
  }
}

/**
 * Locks the order of these people in these competitions: all their registrations there, because a message about an earlier
 * one may be under way. Returns those whose registration it has locked. With `skip` it does not wait, and leaves out
 * people whose registration another transaction holds, and those who have several: a batch is for the usual case.
 */
export async function lockPeople(
  tx: Queryable,
  registrationIds: readonly string[],
  { skip = false } = {},
): Promise<Recipient[]> {
  const { rows } = await tx.query<Recipient>({
    name: skip ? 'lock_people_with_one' : 'lock_people',
    text: skip ? LOCK_PEOPLE_WITH_ONE : LOCK_PEOPLE,
    values: [registrationIds],
  });
  const missing = new Set(registrationIds);
  for (const { registrationId } of rows) if (registrationId !== null) missing.delete(registrationId);
  return missing.size === 0 ? rows : [...rows, ...(await lockTeams(tx, [...missing], skip))];
}

/**
 * Registrations whose new status nobody is left to learn of: the only members joined after the change, and have a message
 * that says it.
 */
function overtakenStatuses(messages: readonly OrderedMessage[], next: readonly OrderedMessage[]): string[] {
  const informed = new Set(next.map(({ recipient }) => recipient.registrationId));
  return messages
    .filter(({ newStatus, recipient }) => newStatus !== undefined && !informed.has(recipient.registrationId))
    .map(({ recipient }) => recipient.registrationId)
    .filter((id) => id !== null);
}

/** A number for a message about the present, not about a numbered change: it is later than all that exist. */
export async function drawNumber(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(`SELECT nextval('outbox_number_seq')::float8 AS number`);
  return (rows[0] as { number: number }).number;
}

/** One UPDATE of a registration, because each one writes a new version of the row. */
const SET_ORDER = `, ordered AS (
    UPDATE registrations r SET messages_up_to = greatest(r.messages_up_to, m.number), status = coalesce(m.status, r.status)
    FROM (
      SELECT id, max(number) AS number, max(status)::"RegistrationStatus" AS status
      FROM unnest($11::uuid[], $12::bigint[], $13::text[]) AS m (id, number, status)
      GROUP BY id
    ) m
    WHERE r.id = m.id
  ), settled AS (
    UPDATE outbox SET settled_at = now(), outdated = id = ANY ($15::uuid[])
    WHERE id = ANY ($14::uuid[] || $15::uuid[]) AND ${isUnsettledJob()}
  )`;

/** A statement of its own, so that messages to people without a team do not plan for members. */
const SET_ORDER_OF_MEMBERS = `, ordered_members AS (
    UPDATE team_members t SET messages_up_to = m.number
    FROM (SELECT id, max(number) AS number FROM unnest($16::uuid[], $12::bigint[]) AS m (id, number) GROUP BY id) m
    WHERE t.id = m.id
  )`;

const SET_OVERTAKEN = `UPDATE registrations SET status = 'CONFIRMED' WHERE id = ANY ($1::uuid[]) AND status = 'PENDING'`;

const SETTLE_OUTDATED = `UPDATE outbox SET settled_at = now(), outdated = true WHERE id = ANY ($1::uuid[]) AND ${isUnsettledJob()}`;

/**
 * LATERAL, so that registrations are looked up by an index, whatever the planner assumes about a table that grows quickly.
 * A subquery that locks is not flattened into a join.
 */
const LOCK_PEOPLE = `
  WITH given AS MATERIALIZED (
    SELECT r.* FROM unnest($1::uuid[]) AS i (id), LATERAL (
      SELECT user_id, competition_id FROM registrations WHERE id = i.id LIMIT 1
    ) r
    ORDER BY user_id
  ), locked AS MATERIALIZED (
    SELECT own.* FROM given, LATERAL (
      SELECT id, user_id, competition_id, messages_up_to FROM registrations
      WHERE user_id = given.user_id AND competition_id = given.competition_id
      ORDER BY id
      FOR NO KEY UPDATE
    ) own
  )
  SELECT DISTINCT id AS "registrationId", NULL AS "memberId", true AS "isMember", user_id AS "userId",
         up_to::float8 AS "messagesUpTo"
  FROM (SELECT id, user_id, max(messages_up_to) OVER (PARTITION BY user_id, competition_id) AS up_to FROM locked) own
  WHERE id = ANY ($1::uuid[])`;

const LOCK_PEOPLE_WITH_ONE = `
  WITH locked AS MATERIALIZED (
    SELECT r.* FROM unnest($1::uuid[]) AS i (id), LATERAL (
      SELECT id, user_id, competition_id, messages_up_to FROM registrations WHERE id = i.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) r
  )
  SELECT id AS "registrationId", NULL AS "memberId", true AS "isMember", user_id AS "userId",
         messages_up_to::float8 AS "messagesUpTo"
  FROM locked
  WHERE user_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM registrations other
    WHERE other.user_id = locked.user_id AND other.competition_id = locked.competition_id AND other.id <> locked.id
  )`;
