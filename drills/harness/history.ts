import {
  checkInvariants,
  INVARIANTS,
  type Violation,
} from '../../apps/backend/src/operations/invariants/invariants.js';
import type { Fixtures, Person } from '../../tools/src/testing/fixtures.js';
import { resultOf as resultOfResponse } from '../../tools/src/testing/http-connection.js';
import { recordChecks } from './record.js';

/** Invariants of the responses. */
const I1 = { id: 'I1', rule: 'every accepted registration is in the database' };
const I5 = { id: 'I5', rule: 'one idempotency key has one response' };
const I9 = { id: 'I9', rule: 'the only 5xx is a 503 with Retry-After' };

/** A request and its response. The status is `unknown` if the connection broke before the response was complete. */
export interface Attempt {
  readonly person: Person;
  readonly competitionId: string;
  readonly key: string;
  readonly status: number | 'unknown';
  readonly head: string;
  readonly body: string;
  /** By the clock of this machine, which PostgreSQL uses too. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The attempts of all clients of a drill, in the order in which they ended. */
export class History {
  readonly attempts: Attempt[] = [];

  add(attempt: Attempt): Attempt {
    this.attempts.push(attempt);
    return attempt;
  }

  get accepted(): Attempt[] {
    return this.attempts.filter(({ status }) => status === 201);
  }

  /** How many requests ended with which result. Of retried requests, the last attempt counts. */
  results(): Record<string, number> {
    const last = new Map(this.attempts.map((attempt) => [`${attempt.key} ${attempt.competitionId}`, attempt]));
    const counts: Record<string, number> = {};
    for (const attempt of last.values()) counts[resultOf(attempt)] = (counts[resultOf(attempt)] ?? 0) + 1;
    return counts;
  }

  slowestMs(): number {
    return Math.max(...this.attempts.map(({ sentAt, receivedAt }) => receivedAt - sentAt));
  }

  /** Violated invariants: of the responses (I1, I5, I9) and of the database. */
  async violations({ pool }: Fixtures): Promise<Violation[]> {
    // The tables have just been filled: without statistics, bad query plans make the checks take minutes.
    await pool.query('ANALYZE');
    return [...(await this.violationsOfResponses(pool)), ...recordChecks(INVARIANTS, await checkInvariants(pool))];
  }

  /** Takes no time that grows with the database. */
  async violationsOfResponses(pool: Fixtures['pool']): Promise<Violation[]> {
    return recordChecks(
      [I1, I5, I9],
      [...(await this.lostRegistrations(pool)), ...this.differentResponses(), ...this.undeclaredFailures()],
    );
  }

  /** The longest time between two final responses that ended after `from`, in milliseconds. */
  longestSilenceMs(from: number): number {
    const times = this.attempts
      .filter(({ status }) => status !== 'unknown' && status < 500)
      .map(({ receivedAt }) => receivedAt)
      .sort((a, b) => a - b);
    return Math.max(0, ...times.slice(1).map((time, i) => (time > from ? time - (times[i] as number) : 0)));
  }

  private async lostRegistrations(pool: Fixtures['pool']): Promise<Violation[]> {
    const ids = this.accepted.map(({ body }) => JSON.parse(body).registrationId as string);
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM registrations r WHERE r.id = id.id)`,
      [ids],
    );
    return violation(I1, rows);
  }

  private differentResponses(): Violation[] {
    const first = new Map<string, Attempt>();
    const rows = this.accepted.filter((attempt) => {
      const scope = `${attempt.person.id} ${attempt.key}`;
      const earlier = first.get(scope);
      if (earlier === undefined) first.set(scope, attempt);
      return earlier !== undefined && earlier.body !== attempt.body;
    });
    return violation(I5, rows);
  }

  private undeclaredFailures(): Violation[] {
    const rows = this.attempts.filter(
      ({ status, head }) =>
        status !== 'unknown' && status >= 500 && !(status === 503 && /\r\nretry-after: \d/i.test(head)),
    );
    return violation(I9, rows);
  }
}

const violation = (invariant: Pick<Violation, 'id' | 'rule'>, rows: unknown[]): Violation[] =>
  rows.length === 0 ? [] : [{ ...invariant, rows }];

export const resultOf = ({ status, body }: Pick<Attempt, 'status' | 'body'>): string =>
  status === 'unknown' ? status : resultOfResponse({ status, body });
