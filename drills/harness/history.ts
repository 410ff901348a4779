import { checkInvariants, type Violation } from '../../apps/backend/src/registrations/invariants.js';
import type { Person, World } from '../../bench/src/house/world.js';

/** One answer as a client heard it, or that the connection broke before it came: then nobody knows. */
export interface Heard {
  readonly person: Person;
  readonly competitionId: string;
  readonly key: string;
  readonly status: number | 'unknown';
  readonly head: string;
  readonly body: string;
  /** By the clock of this machine, which is the database's. */
  readonly sentAt: number;
  readonly heardAt: number;
}

/** What all clients of a drill have heard, in the order in which they heard it. */
export class History {
  readonly heard: Heard[] = [];

  add(heard: Heard): Heard {
    this.heard.push(heard);
    return heard;
  }

  get accepted(): Heard[] {
    return this.heard.filter(({ status }) => status === 201);
  }

  /** How often which answer was heard last: what each person believes in the end. */
  outcomes(): Record<string, number> {
    const last = new Map(this.heard.map((heard) => [`${heard.key} ${heard.competitionId}`, heard]));
    const counts: Record<string, number> = {};
    for (const heard of last.values()) counts[nameOf(heard)] = (counts[nameOf(heard)] ?? 0) + 1;
    return counts;
  }

  /** Everything that was broken, of what clients heard (I1, I5, I9) and of what the database holds. */
  async violations(world: World): Promise<Violation[]> {
    // Tables that grew from nothing a moment ago: without statistics the checks take minutes.
    await world.pool.query('ANALYZE');
    return [
      ...(await this.lostRegistrations(world)),
      ...this.differentAnswers(),
      ...this.undeclaredFailures(),
      ...(await checkInvariants(world.pool)),
    ];
  }

  private async lostRegistrations(world: World): Promise<Violation[]> {
    const ids = this.accepted.map(({ body }) => JSON.parse(body).registrationId as string);
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM registrations r WHERE r.id = id.id)`,
      [ids],
    );
    return rows.length === 0 ? [] : [{ id: 'I1', says: 'a 201 is not in the database', rows }];
  }

  private differentAnswers(): Violation[] {
    const first = new Map<string, Heard>();
    const rows = this.accepted.filter((heard) => {
      const scope = `${heard.person.id} ${heard.key}`;
      const earlier = first.get(scope);
      if (earlier === undefined) first.set(scope, heard);
      return earlier !== undefined && earlier.body !== heard.body;
    });
    return rows.length === 0 ? [] : [{ id: 'I5', says: 'one key, two answers', rows }];
  }

  private undeclaredFailures(): Violation[] {
    const rows = this.heard.filter(
      ({ status, head }) =>
        status !== 'unknown' && status >= 500 && !(status === 503 && /\r\nretry-after: \d/i.test(head)),
    );
    return rows.length === 0 ? [] : [{ id: 'I9', says: 'a 5xx that is no declared 503', rows }];
  }
}

export function nameOf({ status, body }: Pick<Heard, 'status' | 'body'>): string {
  if (status === 'unknown' || status < 400) return String(status);
  return /"code":"(\w+)"/.exec(body)?.[1] ?? String(status);
}
