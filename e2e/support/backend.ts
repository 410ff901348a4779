import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { type APIRequestContext, type BrowserContext, expect } from '@playwright/test';
import pg from 'pg';
import { bytesToSign, formatTicket, type TicketHolder } from '../../packages/shared/src/tickets.js';
import { BACKEND } from '../../tools/src/testing/paths.js';

export const PASSWORD = 'a-password-of-tests';
/** Signing up leaves a session cookie in the client, and requests with that cookie are rejected without this header. */
const SAME_ORIGIN = { origin: process.env.E2E_WEB_URL ?? '' };

export interface Account {
  id: string;
  name: string;
  email: string;
  token: string;
}

/** Its captain is the first of the people. */
export interface MadeTeam {
  id: string;
  name: string;
  code: string;
  people: Account[];
}

export interface Competition {
  id: string;
  title: string;
  version: number;
}

export const unique = (word: string): string => `${word} ${randomBytes(4).toString('hex')}`;
export const uniqueEmail = (): string => `${randomBytes(6).toString('hex')}@example.org`;
export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
export const inDays = (days: number): string => inSeconds(days * 86_400);

/** Access to the API, the database and the operator's commands: to prepare data, cause faults and check results. */
export class Backend {
  constructor(
    private readonly api: APIRequestContext,
    /** Of the installation, if it is not the one of all tests. */
    private readonly origin = SAME_ORIGIN.origin,
  ) {}

  async signUp(
    role: 'PARTICIPANT' | 'ORGANIZER',
    name = unique(role === 'ORGANIZER' ? 'Olga' : 'Pia'),
  ): Promise<Account> {
    const email = uniqueEmail();
    const body = { name, email, password: PASSWORD, role };
    const { token, user } = await this.request('POST', '/auth/signup', undefined, body);
    return { id: user.id, name, email, token };
  }

  async createAdmin(): Promise<{ email: string; password: string }> {
    const email = uniqueEmail();
    const password = /shown only once: (\S+)/.exec(runAdminCommand('create', email))?.[1] ?? '';
    return { email, password };
  }

  /** Changes the counter of free seats by hand, and lets the worker check the invariants now. */
  async miscountSeats({ id }: Pick<Competition, 'id'>, by: number): Promise<void> {
    await inDatabase(async (client) => {
      await client.query('UPDATE competitions SET seats_left = seats_left + $2 WHERE id = $1', [id, by]);
      await client.query(`INSERT INTO audit_entries (action, subject_id) VALUES ('test', $1)`, [id]);
      await client.query('UPDATE invariant_checks SET duration_ms = 0');
      await client.query(
        `INSERT INTO outbox (queue, job, payload) VALUES ('schedule', 'invariants', jsonb_build_object('slot', iso_instant(now())))`,
      );
      await client.query(`SELECT pg_notify('outbox', '')`);
    });
  }

  /** As if the person had verified the address. */
  async verifyEmail({ id }: Account): Promise<void> {
    await inDatabase((client) => client.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [id]));
  }

  /** An invitation to the staff. Returns the path in its link. */
  async inviteStaff(owner: Account, competitionId: string, email: string, role: string): Promise<string> {
    const { link } = await this.request('POST', `/competitions/${competitionId}/staff`, owner.token, { email, role });
    const { pathname, search } = new URL(link);
    return pathname + search;
  }

  /** An invitation to take part, which expires in a day. Returns the path in its link. */
  async invite(staff: Account, competitionId: string, email: string): Promise<string> {
    const path = `/competitions/${competitionId}/invitations`;
    await this.request('POST', path, staff.token, { emails: [email], expiresAt: inDays(1) });
    const { items } = await this.request('GET', `${path}?search=${email}`, staff.token);
    const { pathname, search } = new URL(items[0].link);
    return pathname + search;
  }

  /** With a verified address, invited and accepted. */
  async addStaff(owner: Account, competitionId: string, role: string): Promise<Account> {
    const person = await this.signUp('PARTICIPANT');
    await this.verifyEmail(person);
    const path = await this.inviteStaff(owner, competitionId, person.email, role);
    const token = new URLSearchParams(path.split('?')[1]).get('token');
    await this.request('POST', `/staff-invitations/${token}/accept`, person.token);
    return person;
  }

  /** Name, language and time zone. */
  changeAccount({ token }: Account, changes: object) {
    return this.request('PATCH', '/auth/me', token, changes);
  }

  /** All texts in a response of the API. */
  async textsOf({ token }: Pick<Account, 'token'>, path: string): Promise<string[]> {
    const found: string[] = [];
    JSON.stringify(await this.request('GET', path, token), (_, value) => {
      if (typeof value === 'string') found.push(value);
      return value;
    });
    return found;
  }

  resetLink(email: string): string {
    return /https?:\S+/.exec(runAdminCommand('reset-link', email))?.[0] ?? '';
  }

  /** Open, with five seats and a waitlist, unless the options differ. */
  createCompetition(organizer: Account, options: object = {}): Promise<Competition> {
    const body = {
      title: unique('Cup'),
      description: 'Bring *water*.',
      capacity: 5,
      regDeadline: inDays(5),
      startDate: inDays(6),
      ...options,
    };
    return this.request('POST', '/competitions', organizer.token, body);
  }

  register(person: Account, competitionId: string, joinWaitlist = false) {
    return this.request('POST', `/competitions/${competitionId}/register`, person.token, { joinWaitlist });
  }

  /** With answers to the first version of the questions. */
  registerWithAnswers(person: Account, competitionId: string, answers: object) {
    const body = { answers, questionsVersion: 1 };
    return this.request('POST', `/competitions/${competitionId}/register`, person.token, body);
  }

  /** Registers new participants one after the other. Those who get no seat join the waitlist. */
  async registerPeople({ id }: { id: string }, count: number): Promise<Account[]> {
    const people = await Promise.all(Array.from({ length: count }, () => this.signUp('PARTICIPANT')));
    for (const person of people) await this.register(person, id, true);
    return people;
  }

  /** A team of new participants, the first of whom is captain. Returns them and the team. */
  async createTeam({ id }: { id: string }, size: number, name = unique('Team')): Promise<MadeTeam> {
    const people = await Promise.all(Array.from({ length: size }, () => this.signUp('PARTICIPANT')));
    const [captain, ...others] = people;
    const team = await this.request('POST', `/competitions/${id}/teams`, captain!.token, { name });
    for (const person of others) await this.joinTeam(person, team.joinCode);
    return { id: team.id, name, code: team.joinCode, people };
  }

  joinTeam(person: Account, code: string) {
    return this.request('POST', '/teams/join', person.token, { code });
  }

  /** To the first questions of the competition. */
  answerAsMember(person: Account, { id }: MadeTeam, answers: object) {
    return this.request('PUT', `/teams/${id}/answers`, person.token, { answers, questionsVersion: 1 });
  }

  /** By its captain. Without free seats for all of them, the team joins the waitlist. */
  registerTeam({ id: teamId, people }: MadeTeam, competitionId: string) {
    const body = { teamId, joinWaitlist: true };
    return this.request('POST', `/competitions/${competitionId}/register`, people[0]!.token, body);
  }

  leave(person: Account, competitionId: string) {
    return this.request('DELETE', `/competitions/${competitionId}/register`, person.token);
  }

  confirm(person: Account, competitionId: string) {
    return this.request('POST', `/competitions/${competitionId}/confirm`, person.token);
  }

  /** Moves the end of the person's hold. */
  async endHoldIn({ id }: { id: string }, person: Account, seconds: number): Promise<void> {
    const move = `
      UPDATE registrations SET held_until = date_trunc('milliseconds', now() + make_interval(secs => $3))
      WHERE competition_id = $1 AND user_id = $2 AND status = 'HELD'`;
    await inDatabase(async (client) => {
      await client.query(move, [id, person.id, seconds]);
      await client.query('SELECT set_next_expiry_v1($1)', [id]);
      await notifyChange(client, id);
    });
  }

  /** As if the competition had begun a minute ago. */
  async begin({ id }: Pick<Competition, 'id'>): Promise<void> {
    const begin = `UPDATE competitions SET reg_deadline = now() - interval '1 hour', start_date = now() - interval '1 minute',
                   promote_until = now() + interval '1 hour' WHERE id = $1`;
    await inDatabase((client) => client.query(begin, [id]));
  }

  /** As if teams had been fixed a minute ago. */
  async fixTeams({ id }: Pick<Competition, 'id'>): Promise<void> {
    const fix = `UPDATE competitions SET teams_lock_at = now() - interval '1 minute' WHERE id = $1`;
    await inDatabase((client) => client.query(fix, [id]));
  }

  /** As a door does that has chosen these people from its list. */
  async checkIn(
    scanner: Account,
    { id }: Pick<Competition, 'id'>,
    persons: readonly Account[],
    name = 'North',
  ): Promise<void> {
    const door = { id: randomUUID(), name };
    await this.request('GET', `/competitions/${id}/door?door=${door.id}&name=${name}`, scanner.token);
    const now = new Date().toISOString();
    const scans = await Promise.all(
      persons.map(async (person) => ({
        ...{ id: randomUUID(), at: now, deviceNow: now },
        ...{ registrationId: await registrationOf({ id }, person), userId: person.id },
      })),
    );
    await this.uploadScans(scanner, { id }, { door, scans });
  }

  edit(organizer: Account, { id, version }: { id: string; version: number }, changes: object) {
    return this.request('PATCH', `/competitions/${id}`, organizer.token, changes, { 'if-match': `"${version}"` });
  }

  cancel(organizer: Account, competitionId: string) {
    return this.request('POST', `/competitions/${competitionId}/cancel`, organizer.token);
  }

  /** Of every status. */
  async registrations(organizer: Account, competitionId: string): Promise<{ name: string; status: string }[]> {
    const path = `/competitions/${competitionId}/registrations?status=all&limit=100`;
    return (await this.request('GET', path, organizer.token)).items;
  }

  /** While another transaction holds the row lock of a competition, registering and leaving wait for it. */
  whileCompetitionLocked(competitionId: string, action: () => Promise<void>): Promise<void> {
    return whileLocked('SELECT FROM competitions WHERE id = $1 FOR UPDATE', competitionId, action);
  }

  /** While another transaction holds the row locks of a person's sessions, none of them can be renewed. */
  whileSessionsLocked({ id }: Account, action: () => Promise<void>): Promise<void> {
    return whileLocked('SELECT FROM sessions WHERE user_id = $1 FOR UPDATE', id, action);
  }

  /** Ends the grace period of a person's used refresh tokens, as if 30 s had passed. */
  async ageUsedTokens({ id }: Account): Promise<void> {
    const age = `UPDATE refresh_tokens SET used_at = used_at - interval '30 s'
                 WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`;
    await inDatabase((client) => client.query(age, [id]));
  }

  /** The text, the number and the QR code of a person's ticket. */
  ticketOf({ token }: Account, competitionId: string): Promise<{ ticket: string; number: string; svg: string }> {
    return this.request('GET', `/competitions/${competitionId}/ticket`, token);
  }

  /** The body of an upload, such as a door saves as a file. */
  uploadScans({ token }: Account, { id }: Pick<Competition, 'id'>, upload: object) {
    return this.request('POST', `/competitions/${id}/check-ins`, token, upload);
  }

  /** How many people are in. */
  async checkedIn({ token }: Account, { id }: Pick<Competition, 'id'>): Promise<number> {
    return (await this.request('GET', `/competitions/${id}/check-ins`, token)).numbers.in;
  }

  /** As if a worker had died while it sent the messages about a competition. */
  async loseDeliveries({ id }: Pick<Competition, 'id'>): Promise<void> {
    const lose = `UPDATE mailbox_messages SET delivery = 'UNKNOWN', sending_at = now() WHERE competition_id = $1`;
    await inDatabase((client) => client.query(lose, [id]));
  }

  /** Signed by a key of the installation that is revoked. */
  async ticketOfRevokedKey(holder: TicketHolder): Promise<string> {
    const ticketOf = await addTicketKey('revoked_at');
    return ticketOf(holder);
  }

  /** Of everybody in a competition for persons, by name. */
  async ticketsOf({ id }: Pick<Competition, 'id'>): Promise<{ name: string; ticket: string }[]> {
    const ticketOf = await addTicketKey('retired_at');
    const people: (TicketHolder & { name: string })[] = [];
    await inDatabase(async (client) => {
      const { rows } = await client.query(
        `SELECT r.id AS "registrationId", u.id AS "userId", u.name FROM registrations r JOIN users u ON u.id = r.user_id
         WHERE r.competition_id = $1 ORDER BY u.name`,
        [id],
      );
      people.push(...rows);
    });
    return people.map(({ name, ...holder }) => ({ name, ticket: ticketOf(holder) }));
  }

  /** Scans that the server has stored, of every kind. */
  async countScans({ id }: Pick<Competition, 'id'>): Promise<number> {
    let count = 0;
    await inDatabase(async (client) => {
      const { rows } = await client.query('SELECT count(*)::int AS n FROM check_ins WHERE competition_id = $1', [id]);
      count = rows[0].n;
    });
    return count;
  }

  /** More registered people than a test can register one by one. */
  async addRegistrations({ id }: Pick<Competition, 'id'>, count: number): Promise<void> {
    await inDatabase((client) => client.query(ADD_REGISTRATIONS, [id, count]));
  }

  async removeStaff({ token }: Account, { id }: Pick<Competition, 'id'>, { name }: Account): Promise<void> {
    const { members } = await this.request('GET', `/competitions/${id}/staff`, token);
    const member = members.find((one: { name: string }) => one.name === name);
    await this.request('DELETE', `/competitions/${id}/staff/${member.id}`, token);
  }

  /** What a member of the staff thinks of the application of a person who has registered. */
  async review(reviewer: Account, competition: Pick<Competition, 'id'>, applicant: Account, score: number) {
    const id = await registrationOf(competition, applicant);
    await this.request('PUT', `/competitions/${competition.id}/applications/${id}/review`, reviewer.token, { score });
  }

  async decide(
    actor: Account,
    competition: Pick<Competition, 'id'>,
    applicant: Account,
    decision: 'ACCEPT' | 'REJECT' | 'WAITLIST',
  ) {
    const registrationId = await registrationOf(competition, applicant);
    const body = { decisions: [{ registrationId, decision }] };
    await this.request('POST', `/competitions/${competition.id}/applications/decide`, actor.token, body);
  }

  /** A draft to everybody. Returns its id. */
  async draftAnnouncement({ token }: Account, { id }: Pick<Competition, 'id'>): Promise<string> {
    const body = { subject: 'Doors open', body: 'Bring *water*.', audience: { everyone: true } };
    return (await this.request('POST', `/competitions/${id}/announcements`, token, body)).id;
  }

  /** Sends a draft at once. */
  async sendAnnouncement({ token }: Account, competition: Pick<Competition, 'id'>, announcementId: string) {
    const path = `/competitions/${competition.id}/announcements/${announcementId}`;
    const { id: previewId } = await this.request('POST', `${path}/preview`, token);
    await this.request('POST', `${path}/send`, token, { previewId });
    await this.setUndoTime(competition, 0);
  }

  /** Checks a CSV file. Returns the id of the import. */
  async checkFile({ token }: Account, { id }: Pick<Competition, 'id'>, csv: string): Promise<string> {
    const path = `/competitions/${id}/imports?fileName=people.csv`;
    return (await this.request('POST', path, token, Buffer.from(csv), { 'content-type': 'text/csv' })).id;
  }

  /** Moves the end of the time in which what was started can be undone: a slow machine needs more, a test less. */
  async setUndoTime({ id }: { id: string }, seconds: number): Promise<void> {
    const move = `
      WITH act AS (
        UPDATE pending_acts SET due_at = now() + make_interval(secs => $2)
        FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c WHERE competition_id = c.id
        RETURNING outbox_id
      ), due AS (
        UPDATE outbox SET due_at = now() + make_interval(secs => $2)
        WHERE id IN (SELECT outbox_id FROM act) AND settled_at IS NULL
      )
      SELECT pg_notify('outbox', '')`;
    await inDatabase((client) => client.query(move, [id, seconds]));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the tests read JSON like a client in any language
  private async request(method: string, path: string, token?: string, data?: object, headers = {}): Promise<any> {
    const response = await this.api.fetch(`/api${path}`, {
      method,
      headers: { origin: this.origin, ...(token && { authorization: `Bearer ${token}` }), ...headers },
      ...(data && { data }),
    });
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return response.json();
  }
}

const ADD_REGISTRATIONS = `
  WITH person AS (
    INSERT INTO users (name, email, password_hash, role)
    SELECT 'Person ' || n, gen_random_uuid() || '@example.org', '-', 'PARTICIPANT' FROM generate_series(1, $2::int) AS n
    RETURNING id
  ), registration AS (
    INSERT INTO registrations (competition_id, user_id, status) SELECT $1, id, 'CONFIRMED' FROM person
  )
  UPDATE competitions SET seats_left = seats_left - $2 WHERE id = $1`;

async function inDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Adds a key that signs no more, or is revoked. Returns what signs with it. */
async function addTicketKey(since: 'retired_at' | 'revoked_at'): Promise<(holder: TicketHolder) => string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = randomBytes(4).toString('hex');
  const bytes = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  await inDatabase((client) =>
    client.query(`INSERT INTO ticket_keys (id, public_key, private_key, ${since}) VALUES ($1, $2, '', now())`, [
      id,
      bytes,
    ]),
  );
  return (holder) => {
    const signed = bytesToSign(id, holder);
    return formatTicket(signed, sign(null, signed, privateKey));
  };
}

/** As servers tell each other of a change. */
async function notifyChange(client: pg.Client, competitionId: string): Promise<void> {
  await client.query(`SELECT pg_notify('outbox', ''), pg_notify('seats', $1)`, [competitionId]);
}

async function registrationOf(competition: Pick<Competition, 'id'>, person: Account): Promise<string> {
  let id = '';
  await inDatabase(async (client) => {
    const { rows } = await client.query(
      'SELECT registration_id AS id FROM registration_people WHERE competition_id = $1 AND user_id = $2',
      [competition.id, person.id],
    );
    id = rows[0].id;
  });
  return id;
}

const whileLocked = (lock: string, id: string, action: () => Promise<void>): Promise<void> =>
  inDatabase(async (client) => {
    await client.query('BEGIN');
    await client.query(lock, [id]);
    await action();
  });

function runAdminCommand(...args: string[]): string {
  const env = { ...process.env, DATABASE_URL: process.env.E2E_DATABASE_URL, FRONTEND_URL: process.env.E2E_WEB_URL };
  return execFileSync(process.execPath, [`${BACKEND}dist/main.admin.js`, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Signs in through the API, for tests that are not about the form. */
export async function signIn(context: BrowserContext, email: string, password = PASSWORD): Promise<void> {
  const response = await context.request.post('/api/auth/login', { data: { email, password }, headers: SAME_ORIGIN });
  expect(response.ok()).toBe(true);
}

export async function signInAsParticipant(context: BrowserContext, backend: Backend): Promise<Account> {
  const participant = await backend.signUp('PARTICIPANT');
  await signIn(context, participant.email);
  return participant;
}
