import type pg from 'pg';
import { fingerprint } from '../../src/platform/idempotency/fingerprint.js';
import type { Person } from '../support/factories.js';
import type { ApiResponse } from '../support/http-client.js';
import type { Request } from './actions.js';

interface Row {
  readonly verdict: string;
  readonly body: string | null;
  readonly registration_id?: string | null;
  readonly registration_status?: string | null;
}

const REGISTER = 'SELECT * FROM register_v1($1, $2, $3, $4, $5, $6, $7, $7, true, 2900)';
const LEAVE = 'SELECT * FROM leave_v1($1, $2, $3, $4, $5, $6, true, 2900)';
/** Raised by the functions: another server committed the same idempotency key in the meantime. */
const KEY_TAKEN = 'MC001';

/** What a server of the previous version does with a request while the servers are replaced. */
export async function admitOnPreviousServer(
  pool: pg.Pool,
  { operation, key, joinWaitlist }: Request,
  { id: userId, sessionId }: Pick<Person, 'id' | 'sessionId'>,
  competitionId: string,
): Promise<ApiResponse> {
  const body = operation === 'register' ? { joinWaitlist } : {};
  const common = [[competitionId], [userId], [sessionId], [key], [fingerprint({ id: competitionId }, body)]];
  const run = async (): Promise<Row> => {
    const { rows } =
      operation === 'register'
        ? await pool.query<Row>(REGISTER, [...common, [joinWaitlist], [0]])
        : await pool.query<Row>(LEAVE, [...common, [null]]);
    const [row] = rows as [Row];
    return row.verdict === 'SKIPPED' ? run() : row;
  };
  return responseOf(
    await run().catch((error) => (error.code === KEY_TAKEN ? run() : Promise.reject(error))),
    operation,
  );
}

function responseOf(row: Row, operation: Request['operation']): ApiResponse {
  const { verdict, registration_id: registrationId, registration_status: registrationStatus } = row;
  const isRefused = !['PENDING', 'WAITLISTED', 'APPLIED', 'CANCELLED', 'REPLAY'].includes(verdict);
  const own = verdict === 'ALREADY_REGISTERED' ? { registrationId, registrationStatus } : {};
  const text = isRefused ? JSON.stringify({ code: verdict, ...own }) : (row.body ?? '');
  return {
    status: isRefused ? 409 : operation === 'register' ? 201 : 200,
    headers: new Headers(verdict === 'REPLAY' ? { 'idempotent-replayed': 'true' } : {}),
    text,
    body: JSON.parse(text),
  };
}
