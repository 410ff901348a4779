import { testPool } from './database.js';
import type { CompetitionRow } from './factories.js';

export async function rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await testPool().query(sql, values)).rows as Row[];
}

export async function countRows(
  table:
    | 'registrations'
    | 'outbox'
    | 'idempotency_records'
    | 'audit_entries'
    | 'pending_acts'
    | 'invitations'
    | 'imports',
  where = 'true',
) {
  const [row] = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
  return row?.n;
}

export interface RegistrationRow {
  id: string;
  userId: string;
  status: string;
  admission: number;
}

/** In the order of admission. */
export function registrationsOf(competition: Pick<CompetitionRow, 'id'>): Promise<RegistrationRow[]> {
  return rows(
    `SELECT id, user_id AS "userId", status, admission::int FROM registrations WHERE competition_id = $1 ORDER BY admission`,
    [competition.id],
  );
}

export async function seatsOf(
  competition: Pick<CompetitionRow, 'id'>,
): Promise<{ seatsLeft: number; waiting: number }> {
  const [row] = await rows<{ seatsLeft: number; waiting: number }>(
    'SELECT seats_left AS "seatsLeft", waiting FROM competitions WHERE id = $1',
    [competition.id],
  );
  return row as { seatsLeft: number; waiting: number };
}

export interface MessageRow {
  id: string;
  userId: string;
  kind: string;
  delivery: string;
  title: string;
  text: string;
  occurrence: string;
  sendingAt: Date | null;
}

export function messages(where = 'true'): Promise<MessageRow[]> {
  return rows(
    `SELECT id, user_id AS "userId", kind, delivery, title, text, occurrence, sending_at AS "sendingAt"
     FROM mailbox_messages WHERE ${where} ORDER BY id`,
  );
}
