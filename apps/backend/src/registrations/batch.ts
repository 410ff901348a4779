import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { databaseTrouble } from '../common/database-errors.js';
import { DomainError } from '../common/errors.js';
import { judge } from './admission.repository.js';
import type { Ticket } from './line.js';
import type { Act, Verdict } from './verdict.js';

export type Outcome = Verdict | DomainError;

const SKIPPED: Verdict = { kind: 'skipped' };
const LEAST_BUDGET_MS = 50;
/** Raised by the functions themselves: a key was committed by another batch in the meantime. */
const KEY_TAKEN = 'MC001';
const LOCK_TIMEOUT = '55P03';

const logger = new Logger('SeatDesk');

/**
 * Gets a verdict for each ticket, whatever goes wrong with the batch as a whole: one person's trouble costs nobody
 * else the seat. Who has given up waiting is not judged any more, so that "busy" stays true.
 */
export async function judgeBatch(
  client: pg.ClientBase,
  act: Act,
  tickets: readonly Ticket[],
  patient: boolean,
): Promise<Outcome[]> {
  const all = () =>
    judge(
      client,
      act,
      tickets.map((ticket) => ticket.entrant),
      { patient, budgetMs: budgetOf(tickets) },
    );
  try {
    // Judged again, the batch sees the key that was in its way.
    return await all().catch((error: unknown) => (isKeyTaken(error) ? all() : Promise.reject(error)));
  } catch (error) {
    if (databaseTrouble(error) === 'away') throw error;
    // The row itself was not to be had: everybody waits on, as long as the time lasts.
    if (patient && codeOf(error) === LOCK_TIMEOUT) return tickets.map(() => SKIPPED);
    if (tickets.length > 1)
      logger.warn({ msg: 'a batch failed and is judged one by one', size: tickets.length, ...inShort(error) });
    return await oneByOne(client, act, tickets, patient);
  }
}

async function oneByOne(client: pg.ClientBase, act: Act, tickets: readonly Ticket[], patient: boolean) {
  const outcomes: Outcome[] = [];
  for (const ticket of tickets) outcomes.push(ticket.answered ? SKIPPED : await alone(client, act, ticket, patient));
  return outcomes;
}

async function alone(client: pg.ClientBase, act: Act, ticket: Ticket, patient: boolean): Promise<Outcome> {
  const once = () => judge(client, act, [ticket.entrant], { patient, budgetMs: budgetOf([ticket]) });
  try {
    const [verdict = SKIPPED] = await once().catch(once);
    return verdict;
  } catch (error) {
    const trouble = databaseTrouble(error);
    if (trouble === 'away') throw error;
    if (trouble === null && !isKeyTaken(error))
      logger.error({ msg: 'an entrant could not be judged', act, ...inShort(error) });
    return new DomainError('BUSY', { cause: error });
  }
}

/** As long as the first of them still waits: after that it would be seated although it was told "busy". */
function budgetOf(tickets: readonly Ticket[]): number {
  const first = Math.min(...tickets.map((ticket) => ticket.expiresAt));
  return Math.max(LEAST_BUDGET_MS, Math.floor(first - performance.now()));
}

/** PostgreSQL adds the whole statement to its errors: nothing to read in a log. */
function inShort(error: unknown) {
  const { code, message, constraint } = error as { code?: string; message?: string; constraint?: string };
  return { code, reason: message, constraint };
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const isKeyTaken = (error: unknown): boolean => codeOf(error) === KEY_TAKEN;
