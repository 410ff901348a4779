import type { InvariantName } from '@mini-compete/shared/invariants';

/** A rule about the data that holds at every moment. Each area contributes its own; `operations/invariants` checks them. */
export interface Invariant {
  /** Case id, as in docs/testing.md. */
  readonly id: string;
  readonly rule: string;
  /** Returns the rows that break the rule. */
  readonly sql: string;
  /**
   * What it is shown as in the admin console. Then a worker checks it in production, for a few competitions at a time:
   * `$1` is their ids, or null for all, and each row has a `competition_id` and names what it is about (`ABOUT`).
   */
  readonly watchedAs?: InvariantName;
}

/** Columns that name what a row is about, if not the competition as a whole. */
export const ABOUT = ['registration_id', 'user_id', 'team_id'] as const;

/**
 * Materialized: a plan for the first rows has nested loops where one for all of them has hashes, and takes minutes to learn
 * that there are none.
 */
export const firstBroken = (columns: string, sql: string, count: number): string =>
  `WITH broken AS MATERIALIZED (${sql}\n) SELECT ${columns} FROM broken LIMIT ${count}`;
