import type { Answer, CallOptions } from './client.js';
import { del, post } from './client.js';
import { testPool } from './database.js';
import type { CompetitionRow, Person } from './factories.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** Registering and leaving as a client does it, on the API at `url`. */
export function clientOf(url: string) {
  return {
    register: (person: Person, competition: Competition, options: CallOptions = {}): Promise<Answer> =>
      post(url, `/api/competitions/${competition.id}/register`, { token: person.token, body: {}, ...options }),
    join: (person: Person, competition: Competition, options: CallOptions = {}): Promise<Answer> =>
      post(url, `/api/competitions/${competition.id}/register`, {
        token: person.token,
        body: { joinWaitlist: true },
        ...options,
      }),
    leave: (person: Person, competition: Competition, options: CallOptions = {}): Promise<Answer> =>
      del(url, `/api/competitions/${competition.id}/register`, { token: person.token, ...options }),
  };
}

export interface Row {
  id: string;
  userId: string;
  status: string;
  admission: number;
}

/** Who is in, as the database has it, in the order of admission. */
export async function registrationsOf(competition: Competition): Promise<Row[]> {
  const { rows } = await testPool().query<Row>(
    `SELECT id, user_id AS "userId", status, admission::int FROM registrations WHERE competition_id = $1 ORDER BY admission`,
    [competition.id],
  );
  return rows;
}

export async function seatsOf(competition: Competition): Promise<{ seatsLeft: number; waiting: number }> {
  const { rows } = await testPool().query('SELECT seats_left AS "seatsLeft", waiting FROM competitions WHERE id = $1', [
    competition.id,
  ]);
  return rows[0];
}

export async function count(
  table: 'registrations' | 'outbox' | 'idempotency_records' | 'audit_entries',
  where = 'true',
) {
  const { rows } = await testPool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
  return rows[0]?.n;
}
