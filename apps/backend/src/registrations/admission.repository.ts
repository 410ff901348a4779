import type pg from 'pg';
import type { Act, Entrant, RefusalCode, Verdict } from './verdict.js';

export interface Patience {
  /** Whether to wait for a competition's row that somebody else holds. */
  readonly patient: boolean;
  /** How long to wait for whatever somebody else holds. */
  readonly budgetMs: number;
}

/** One statement, one commit, a verdict for each: see the migration `registering`. */
export function judge(client: pg.ClientBase, act: Act, entrants: readonly Entrant[], patience: Patience) {
  return act === 'register' ? judgeRegistering(client, entrants, patience) : judgeLeaving(client, entrants, patience);
}

interface Row {
  n: number;
  verdict: string;
  body: string;
  registration_id?: string;
  registration_status?: string;
  seats_left: number;
  waiting: number;
}

async function judgeRegistering(client: pg.ClientBase, entrants: readonly Entrant[], patience: Patience) {
  const now = performance.now();
  const { rows } = await client.query<Row>({
    name: 'register',
    text: 'SELECT * FROM register_v1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      ...whoAsks(entrants),
      entrants.map((entrant) => entrant.joins),
      entrants.map((entrant) => now - entrant.arrival.earliest),
      entrants.map((entrant) => now - entrant.arrival.latest),
      patience.patient,
      patience.budgetMs,
    ],
  });
  return inOrder(rows);
}

async function judgeLeaving(client: pg.ClientBase, entrants: readonly Entrant[], patience: Patience) {
  const { rows } = await client.query<Row>({
    name: 'leave',
    text: 'SELECT * FROM leave_v1($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      ...whoAsks(entrants),
      entrants.map((entrant) => entrant.registrationId),
      patience.patient,
      patience.budgetMs,
    ],
  });
  return inOrder(rows);
}

const whoAsks = (entrants: readonly Entrant[]) => [
  entrants.map((entrant) => entrant.competitionId),
  entrants.map((entrant) => entrant.userId),
  entrants.map((entrant) => entrant.sessionId),
  entrants.map((entrant) => entrant.key),
  entrants.map((entrant) => entrant.fingerprint),
];

function inOrder(rows: readonly Row[]): Verdict[] {
  const verdicts: Verdict[] = new Array(rows.length);
  for (const row of rows) verdicts[row.n - 1] = verdictOf(row);
  return verdicts;
}

function verdictOf(row: Row): Verdict {
  switch (row.verdict) {
    case 'PENDING':
    case 'WAITLISTED':
    case 'CANCELLED':
      return {
        kind: 'done',
        status: row.verdict,
        body: row.body,
        seats: { seatsLeft: row.seats_left, waiting: row.waiting },
      };
    case 'REPLAY':
      return { kind: 'replayed', body: row.body };
    case 'SKIPPED':
      return { kind: 'skipped' };
    default: {
      const code = row.verdict as RefusalCode;
      // Of the own registration only the answer about it speaks.
      if (code !== 'ALREADY_REGISTERED' || !row.registration_id || !row.registration_status)
        return { kind: 'refused', code };
      return { kind: 'refused', code, own: { id: row.registration_id, status: row.registration_status } };
    }
  }
}
