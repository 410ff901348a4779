import { randomUUID } from 'node:crypto';
import type { Role } from '@mini-compete/shared/auth';
import type { StaffRole } from '@mini-compete/shared/permissions';
import type { AdmissionMode } from '@mini-compete/shared/seats';
import type { Visibility } from '@mini-compete/shared/visibility';
import { TokenService } from '../../src/accounts/sessions/token.service.js';
import { TEST_SECRET } from './api.js';
import { testPool } from './database.js';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly token: string;
}

export interface CompetitionRow {
  readonly id: string;
  readonly title: string;
  readonly capacity: number;
  readonly organizerId: string;
}

const tokens = new TokenService({ jwtSecret: TEST_SECRET, jwtExpirationSeconds: 3600 });
/** The hash of no password: a test that signs in with a password signs up first. */
const NO_PASSWORD = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
let created = 0;

/** Signed in, with verified addresses. Inserts rows and signs tokens, without requests and without hashing passwords. */
export async function people(n: number, { role = 'PARTICIPANT' }: { role?: Role } = {}): Promise<Person[]> {
  const persons = Array.from({ length: n }, () => {
    const [id, sessionId] = [randomUUID(), randomUUID()];
    const number = ++created;
    return {
      id,
      sessionId,
      role,
      name: `Person ${number}`,
      email: `person-${number}-${id.slice(0, 8)}@example.org`,
      token: tokens.sign({ userId: id, sessionId, role }),
    };
  });
  await testPool().query(
    `WITH person AS (
       INSERT INTO users (id, name, email, role, password_hash, email_verified_at)
       SELECT id, name, email, $5::"Role", $6, now() FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p (id, name, email)
     ), session AS (SELECT * FROM unnest($1::uuid[], $4::uuid[]) AS s (user_id, id))
     INSERT INTO sessions (id, user_id, device, address, expires_at)
     SELECT id, user_id, 'test', '127.0.0.1', now() + interval '30 days' FROM session`,
    [
      persons.map((person) => person.id),
      persons.map((person) => person.name),
      persons.map((person) => person.email),
      persons.map((person) => person.sessionId),
      role,
      NO_PASSWORD,
    ],
  );
  return persons;
}

export async function aPerson({ role = 'PARTICIPANT', name }: { role?: Role; name?: string } = {}): Promise<Person> {
  const [person] = (await people(1, { role })) as [Person];
  if (name === undefined) return person;
  await testPool().query('UPDATE users SET name = $2 WHERE id = $1', [person.id, name]);
  return { ...person, name };
}

export const anOrganizer = (): Promise<Person> => aPerson({ role: 'ORGANIZER' });
export const anAdmin = (): Promise<Person> => aPerson({ role: 'ADMIN' });

export interface CompetitionOptions {
  organizer?: Pick<Person, 'id'>;
  title?: string;
  description?: string;
  tags?: string[];
  capacity?: number;
  waitlist?: boolean;
  regOpensAt?: Date | null;
  regDeadline?: Date;
  startDate?: Date | null;
  endDate?: Date | null;
  location?: string | null;
  visibility?: Visibility;
  admissionMode?: AdmissionMode;
  /** Holds of seconds: the API knows hours only. */
  confirmWithinSeconds?: number | null;
  promoteUntil?: Date | null;
  decisionsBy?: Date | null;
}

export const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

/** By default open for a day, with ten seats. */
export async function aCompetition(options: CompetitionOptions = {}): Promise<CompetitionRow> {
  const organizer = options.organizer ?? (await anOrganizer());
  const { rows } = await testPool().query<CompetitionRow>(
    `INSERT INTO competitions (organizer_id, title, description, tags, capacity, seats_left, waitlist,
                               reg_opens_at, reg_deadline, start_date, end_date, location, visibility, admission_mode,
                               confirm_within_seconds, promote_until, decisions_by)
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12::"Visibility", $13::"AdmissionMode",
             $14, $15, $16)
     RETURNING id, title, capacity, organizer_id AS "organizerId"`,
    [
      organizer.id,
      options.title ?? `Competition ${++created}`,
      options.description ?? 'A competition.',
      options.tags ?? [],
      options.capacity ?? 10,
      options.waitlist ?? true,
      options.regOpensAt ?? null,
      options.regDeadline ?? inHours(24),
      options.startDate === undefined ? inHours(48) : options.startDate,
      options.endDate ?? null,
      options.location ?? null,
      options.visibility ?? 'PUBLIC',
      options.admissionMode ?? 'FIRST_COME',
      options.confirmWithinSeconds ?? null,
      options.promoteUntil ?? null,
      options.decisionsBy ?? null,
    ],
  );
  return rows[0] as CompetitionRow;
}

/** On the staff, without an invitation. */
export async function employ(
  person: Pick<Person, 'id'>,
  { id }: Pick<CompetitionRow, 'id'>,
  role: StaffRole,
): Promise<{ readonly id: string }> {
  const { rows } = await testPool().query<{ id: string }>(
    'INSERT INTO competition_staff (competition_id, user_id, role) VALUES ($1, $2, $3::"StaffRole") RETURNING id',
    [id, person.id, role],
  );
  return rows[0] as { id: string };
}

export async function setVisibility({ id }: Pick<CompetitionRow, 'id'>, visibility: Visibility) {
  await testPool().query('UPDATE competitions SET visibility = $2::"Visibility" WHERE id = $1', [id, visibility]);
}

/** Registers many people with one statement, as the admission queue does. Returns registration ids in the same order. */
export async function registerMany(
  persons: readonly Person[],
  competition: Pick<CompetitionRow, 'id'>,
  { join = false } = {},
): Promise<string[]> {
  const forEach = <T>(value: T) => persons.map(() => value);
  const { rows } = await testPool().query<{ body: string }>(
    `SELECT body FROM register_v2($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::boolean[],
                                  $7::float8[], $7::float8[], NULL, NULL, NULL, NULL, NULL, true, 2900) ORDER BY n`,
    [
      forEach(competition.id),
      persons.map(({ id }) => id),
      persons.map(({ sessionId }) => sessionId),
      forEach(null),
      forEach(null),
      forEach(join),
      forEach(0),
    ],
  );
  await testPool().query('NOTIFY outbox');
  return rows.map(({ body }) => JSON.parse(body).registrationId);
}
