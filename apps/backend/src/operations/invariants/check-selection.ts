import type { Queryable } from '../../platform/database/transaction.js';

/** Where the last check has stopped. */
export interface Progress {
  readonly auditId: string;
  readonly lastCompetitionId: string | null;
}

export interface Selection {
  readonly competitionIds: readonly string[];
  readonly registrations: number;
  readonly progress: Progress;
  /** This check ends a round through all competitions. */
  readonly completesRound: boolean;
}

interface Candidate {
  readonly id: string;
  readonly size: number;
}

/**
 * A check reads the registrations of the competitions that it checks: so many of changed competitions, and as many of the
 * round, so that high load on some does not keep the others from being checked.
 */
const MAX_REGISTRATIONS = 100_000;
const MAX_COMPETITIONS = 1_000;
const MAX_AUDIT_ENTRIES = 20_000;

/** Competitions with known breaches or changes, and the next ones of the round through all that are not over for a week. */
export async function selectCompetitions(tx: Queryable, { auditId, lastCompetitionId }: Progress): Promise<Selection> {
  const audit = await tx.query<{ id: string }>('SELECT coalesce(max(id), 0)::text AS id FROM audit_entries');
  const { rows: changed } = await tx.query<Candidate>(CHANGED, [auditId]);
  const { rows: next } = await tx.query<Candidate>(NEXT, [lastCompetitionId]);
  const ofChanged = takeWithin(changed, MAX_REGISTRATIONS);
  const ofRound = takeWithin(next, MAX_REGISTRATIONS);
  const completesRound = ofRound.length === next.length && next.length < MAX_COMPETITIONS;
  const competitions = new Map([...ofChanged, ...ofRound].map(({ id, size }) => [id, size]));
  return {
    competitionIds: [...competitions.keys()],
    registrations: [...competitions.values()].reduce((sum, size) => sum + size, 0),
    progress: {
      auditId: audit.rows[0]?.id ?? '0',
      lastCompetitionId: completesRound ? null : (ofRound.at(-1)?.id ?? null),
    },
    completesRound,
  };
}

/** At least one: a competition that is larger than the limit would never be checked otherwise. */
export function takeWithin(candidates: readonly Candidate[], limit: number): Candidate[] {
  let sum = 0;
  return candidates.filter(({ size }, i) => {
    sum += size;
    return i === 0 || sum <= limit;
  });
}

/** By the counters, which is near enough. */
const SIZE = 'greatest(c.capacity - c.seats_left + c.waiting, 0)';

const CHANGED = `
  SELECT c.id, ${SIZE} AS size,
         EXISTS (SELECT FROM invariant_breaches b WHERE b.competition_id = c.id) AS is_broken
  FROM competitions c
  WHERE c.id IN (
    SELECT competition_id FROM invariant_breaches
    UNION
    SELECT subject_id FROM (
      SELECT subject_id FROM audit_entries WHERE id > $1 ORDER BY id DESC LIMIT ${MAX_AUDIT_ENTRIES}
    ) latest
  )
  ORDER BY is_broken DESC, c.id LIMIT ${MAX_COMPETITIONS}`;

const NEXT = `
  SELECT c.id, ${SIZE} AS size FROM competitions c
  WHERE ($1::uuid IS NULL OR c.id > $1) AND c.deleted_at IS NULL
    AND coalesce(c.end_date, c.start_date, c.reg_deadline) > now() - interval '7 days'
  ORDER BY c.id LIMIT ${MAX_COMPETITIONS}`;
