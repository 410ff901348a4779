import { Injectable } from '@nestjs/common';
import { type Message, MessageSender } from '../../messaging/mailbox/message-sender.js';
import type { Queryable } from '../../platform/database/transaction.js';

/** A registration under the lock of `lockPeople`. */
export interface OrderedRegistration {
  readonly id: string;
  readonly userId: string;
  /**
   * The number of the latest change that the person has a message about, with any registration for this competition;
   * 0: none that has a number.
   */
  readonly messagesUpTo: number;
}

export interface OrderedMessage {
  readonly registration: OrderedRegistration;
  /** Of the change that the message is about. */
  readonly number: number;
  readonly message: Omit<Message, 'userId'>;
  /** The registration gets this status with its message. */
  readonly newStatus?: 'CONFIRMED';
  /** The job that is settled with the message. */
  readonly outboxId?: string;
}

/**
 * The order of messages, one per person and competition, whatever their kind. The outbox numbers all jobs, and jobs about
 * changes are enqueued under the lock of the competition, so the numbers are in the order of the changes. A registration
 * keeps the number up to which its person has messages, and no message with a lower one is written: jobs run in any order,
 * and some twice. Numbers and no ids, because ids follow a clock, which can go back.
 *
 * A writer takes the lock first, then reads what is true now, and then writes: see `message.rules.ts`.
 */
@Injectable()
export class MessageOrder {
  constructor(private readonly sender: MessageSender) {}

  /**
   * Writes those that are next in the order; returns the others, which are outdated. With `jobs`, settles each one: a
   * job is outdated if it has no message, or an outdated one.
   */
  async write(
    tx: Queryable,
    messages: readonly OrderedMessage[],
    jobs: readonly string[] = [],
  ): Promise<OrderedMessage[]> {
    const isNext = ({ number, registration }: OrderedMessage) => number >= registration.messagesUpTo;
    const next = messages.filter(isNext);
    const done = next.map(({ outboxId }) => outboxId).filter((id) => id !== undefined);
    const outdated = jobs.filter((id) => !done.includes(id));
    const values = [
      next.map(({ registration }) => registration.id),
      next.map(({ number }) => number),
      next.map(({ newStatus }) => newStatus ?? null),
      done,
      outdated,
    ];
    if (next.length === 0 && outdated.length > 0)
      await tx.query({ name: 'settle_outdated', text: SETTLE_OUTDATED, values: [outdated] });
    if (next.length > 0)
      await this.sender.send(
        tx,
        next.map(({ registration, message }) => ({ ...message, userId: registration.userId })),
        { name: 'send_in_order', ctes: SET_ORDER, values },
      );
    return messages.filter((message) => !isNext(message));
  }
}

/**
 * Locks the order of these people in these competitions: all their registrations there, because a message about an earlier
 * one may be under way. Returns the given registrations that it has locked. With `skip` it does not wait, and leaves out
 * people whose registration another transaction holds, and those who have several: a batch is for the usual case.
 */
export async function lockPeople(
  tx: Queryable,
  registrationIds: readonly string[],
  { skip = false } = {},
): Promise<OrderedRegistration[]> {
  const { rows } = await tx.query<OrderedRegistration>({
    name: skip ? 'lock_people_with_one' : 'lock_people',
    text: skip ? LOCK_PEOPLE_WITH_ONE : LOCK_PEOPLE,
    values: [registrationIds],
  });
  return rows;
}

/** A number for a message about the present, not about a numbered change: it is later than all that exist. */
export async function drawNumber(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(`SELECT nextval('outbox_number_seq')::float8 AS number`);
  return (rows[0] as { number: number }).number;
}

/** One UPDATE of a registration, because each one writes a new version of the row. */
const SET_ORDER = `, ordered AS (
    UPDATE registrations r SET messages_up_to = m.number, status = coalesce(m.status, r.status)
    FROM (
      SELECT id, max(number) AS number, max(status)::"RegistrationStatus" AS status
      FROM unnest($11::uuid[], $12::bigint[], $13::text[]) AS m (id, number, status)
      GROUP BY id
    ) m
    WHERE r.id = m.id
  ), settled AS (
    UPDATE outbox SET settled_at = now(), outdated = id = ANY ($15::uuid[])
    WHERE id = ANY ($14::uuid[] || $15::uuid[]) AND settled_at IS NULL
  )`;

const SETTLE_OUTDATED =
  'UPDATE outbox SET settled_at = now(), outdated = true WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL';

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
  SELECT DISTINCT id, user_id AS "userId", up_to::float8 AS "messagesUpTo"
  FROM (SELECT id, user_id, max(messages_up_to) OVER (PARTITION BY user_id, competition_id) AS up_to FROM locked) own
  WHERE id = ANY ($1::uuid[])`;

const LOCK_PEOPLE_WITH_ONE = `
  WITH locked AS MATERIALIZED (
    SELECT r.* FROM unnest($1::uuid[]) AS i (id), LATERAL (
      SELECT id, user_id, competition_id, messages_up_to FROM registrations WHERE id = i.id
      FOR NO KEY UPDATE SKIP LOCKED
    ) r
  )
  SELECT id, user_id AS "userId", messages_up_to::float8 AS "messagesUpTo" FROM locked
  WHERE NOT EXISTS (
    SELECT FROM registrations other
    WHERE other.user_id = locked.user_id AND other.competition_id = locked.competition_id AND other.id <> locked.id
  )`;
