/** A rule about the data that holds at every moment. Each area contributes its own; `operations/invariants` checks them. */
export interface Invariant {
  /** Case id, as in docs/testing.md. */
  readonly id: string;
  readonly rule: string;
  /** Returns the rows that break the rule. */
  readonly sql: string;
  /** `$1` is the ids of the competitions to check, or null for all: the worker checks a few of them every minute. */
  readonly byCompetition?: true;
}
