import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type APIRequestContext, type BrowserContext, expect } from '@playwright/test';
import pg from 'pg';

export const PASSWORD = 'a-password-of-tests';
/** As a browser says it: who signs up leaves a cookie behind, and with a cookie the house asks where a request is from. */
const SAME_ORIGIN = { origin: process.env.E2E_WEB_URL ?? '' };

export interface Account {
  id: string;
  name: string;
  email: string;
  token: string;
}

export const unique = (word: string): string => `${word} ${randomBytes(4).toString('hex')}`;
export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
export const inDays = (days: number): string => inSeconds(days * 86_400);

/** The house as a client of its API knows it: what a test needs before it begins. */
export class House {
  constructor(private readonly api: APIRequestContext) {}

  async signUp(
    role: 'PARTICIPANT' | 'ORGANIZER',
    name = unique(role === 'ORGANIZER' ? 'Olga' : 'Pia'),
  ): Promise<Account> {
    const email = `${randomBytes(6).toString('hex')}@example.org`;
    const { token, user } = await this.ask('POST', '/auth/signup', undefined, {
      name,
      email,
      password: PASSWORD,
      role,
    });
    return { id: user.id, name, email, token };
  }

  /** Made by the operator's command, as in real life. */
  async anAdmin(): Promise<{ email: string; password: string }> {
    const email = `${randomBytes(6).toString('hex')}@example.org`;
    const password = /this once: (\S+)/.exec(operator('create', email))?.[1] ?? '';
    return { email, password };
  }

  resetLink(email: string): string {
    return /https?:\S+/.exec(operator('reset-link', email))?.[0] ?? '';
  }

  async aCompetition(
    organizer: Account,
    options: object = {},
  ): Promise<{ id: string; title: string; version: number }> {
    const title = unique('Cup');
    const body = {
      title,
      description: 'Bring *water*.',
      capacity: 5,
      regDeadline: inDays(5),
      startDate: inDays(6),
      ...options,
    };
    return this.ask('POST', '/competitions', organizer.token, body);
  }

  register(person: Account, competitionId: string, joinWaitlist = false) {
    return this.ask('POST', `/competitions/${competitionId}/register`, person.token, { joinWaitlist });
  }

  leave(person: Account, competitionId: string) {
    return this.ask('DELETE', `/competitions/${competitionId}/register`, person.token);
  }

  edit(organizer: Account, { id, version }: { id: string; version: number }, changes: object) {
    return this.ask('PATCH', `/competitions/${id}`, organizer.token, changes, { 'if-match': `"${version}"` });
  }

  cancel(organizer: Account, competitionId: string) {
    return this.ask('POST', `/competitions/${competitionId}/cancel`, organizer.token);
  }

  async registered(organizer: Account, competitionId: string): Promise<{ name: string; status: string }[]> {
    const path = `/competitions/${competitionId}/registrations?status=all&limit=100`;
    return (await this.ask('GET', path, organizer.token)).items;
  }

  /** Somebody holds the competition's row in the database: nobody gets in or out meanwhile. */
  heldUp(competitionId: string, meanwhile: () => Promise<void>): Promise<void> {
    return whileLocked('SELECT FROM competitions WHERE id = $1 FOR UPDATE', competitionId, meanwhile);
  }

  /** Somebody holds the rows of a person's sessions: none of them can be renewed meanwhile. */
  sessionsHeldUp({ id }: Account, meanwhile: () => Promise<void>): Promise<void> {
    return whileLocked('SELECT FROM sessions WHERE user_id = $1 FOR UPDATE', id, meanwhile);
  }

  /** Half a minute passes for the refresh tokens that a person has used: longer than a used one is still good for. */
  async usedTokensAge({ id }: Account): Promise<void> {
    const age = `UPDATE refresh_tokens SET used_at = used_at - interval '30 s'
                 WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`;
    await inDatabase((client) => client.query(age, [id]));
  }

  // biome-ignore lint/suspicious/noExplicitAny: a client of the API, as in any language
  private async ask(method: string, path: string, token?: string, data?: object, headers: object = {}): Promise<any> {
    const answer = await this.api.fetch(`/api${path}`, {
      method,
      headers: { ...SAME_ORIGIN, ...(token && { authorization: `Bearer ${token}` }), ...headers },
      ...(data && { data }),
    });
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return answer.json();
  }
}

async function inDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const whileLocked = (lock: string, id: string, meanwhile: () => Promise<void>): Promise<void> =>
  inDatabase(async (client) => {
    await client.query('BEGIN');
    await client.query(lock, [id]);
    await meanwhile();
  });

/** Signs in without the form: for tests that are about something else. */
export async function signIn(context: BrowserContext, email: string, password = PASSWORD): Promise<void> {
  const answer = await context.request.post('/api/auth/login', { data: { email, password }, headers: SAME_ORIGIN });
  expect(answer.ok()).toBe(true);
}

function operator(...args: string[]): string {
  const main = fileURLToPath(new URL('../../apps/backend/dist/main.admin.js', import.meta.url));
  const env = { ...process.env, DATABASE_URL: process.env.E2E_DATABASE_URL, FRONTEND_URL: process.env.E2E_WEB_URL };
  return execFileSync(process.execPath, [main, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
