import { createHash, createHmac, randomBytes } from 'node:crypto';
import pg from 'pg';
import { JWT_SECRET } from './product-process.js';

/** A user with a session and an access token. */
export interface Person {
  readonly id: string;
  readonly sessionId: string;
  readonly token: string;
}

export interface CompetitionOptions {
  readonly capacity: number;
  readonly waitlist?: boolean;
  readonly closesInMs?: number;
}

const DAY_S = 86_400;

/** Creates users, sessions and competitions by inserting rows: through the API, thousands would take minutes. */
export class Fixtures {
  readonly pool: pg.Pool;
  private owner: Promise<Person> | undefined;

  constructor(readonly databaseUrl: string) {
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    this.pool.on('error', () => {}); // drills kill the server while connections are idle
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** Signed in, and without a password that would let them sign in again. */
  async people(n: number, role = 'PARTICIPANT'): Promise<Person[]> {
    const { rows } = await this.pool.query<{ id: string; session_id: string }>(
      `WITH person AS (
         INSERT INTO users (name, email, password_hash, role)
         SELECT 'Person ' || i, gen_random_uuid() || '@example.org', '-', $2::"Role" FROM generate_series(1, $1::int) AS i
         RETURNING id
       )
       INSERT INTO sessions (user_id, device, address, expires_at)
       SELECT id, 'test', '127.0.0.1', now() + interval '30 days' FROM person
       RETURNING user_id AS id, id AS session_id`,
      [n, role],
    );
    return rows.map(({ id, session_id }) => ({
      id,
      sessionId: session_id,
      token: signAccessToken(id, session_id, role),
    }));
  }

  /** The organizer of all competitions of these fixtures. */
  organizer(): Promise<Person> {
    this.owner ??= this.people(1, 'ORGANIZER').then(([person]) => person as Person);
    return this.owner;
  }

  /** An unused refresh token for each person's session. */
  async refreshTokens(people: readonly Person[]): Promise<string[]> {
    const tokens = people.map(() => randomBytes(32).toString('base64url'));
    await this.pool.query(
      'INSERT INTO refresh_tokens (hash, session_id) SELECT * FROM unnest($1::bytea[], $2::uuid[])',
      [tokens.map((token) => createHash('sha256').update(token).digest()), people.map(({ sessionId }) => sessionId)],
    );
    return tokens;
  }

  async competitions(n: number, { capacity, waitlist = true, closesInMs = DAY_S * 1000 }: CompetitionOptions) {
    const { id: organizerId } = await this.organizer();
    const { rows } = await this.pool.query<{ id: string }>(
      `INSERT INTO competitions (organizer_id, title, description, tags, capacity, seats_left, waitlist, reg_deadline, start_date)
       SELECT $1, 'Competition ' || i, 'About number ' || i, '{test}', $3::int, $3::int, $4, at, at + interval '1 day'
       FROM generate_series(1, $2::int) AS i, (SELECT clock_timestamp() + $5 * interval '1 ms' AS at) deadline
       RETURNING id`,
      [organizerId, n, capacity, waitlist, closesInMs],
    );
    return rows.map((row) => row.id);
  }

  async competition(options: CompetitionOptions): Promise<string> {
    const [id] = await this.competitions(1, options);
    return id as string;
  }

  /** Teams of these people, all of one size; the first of each is the captain. Makes the competition one for teams. */
  async teams(competitionId: string, people: readonly Person[], size: number) {
    const teams = Array.from({ length: Math.floor(people.length / size) }, (_, n) => ({
      id: crypto.randomUUID() as string,
      captain: people[n * size] as Person,
    }));
    await this.pool.query('UPDATE competitions SET team_min = 1, team_max = $2 WHERE id = $1', [competitionId, size]);
    await this.pool.query('SELECT set_next_expiry_v1($1)', [competitionId]);
    await this.pool.query(
      `INSERT INTO teams (id, competition_id, name, name_key, code, captain_id)
       SELECT id, $2, 'Team ' || n, 'team ' || n, left(md5(id::text), 10), captain
       FROM unnest($1::uuid[], $3::uuid[]) WITH ORDINALITY AS t (id, captain, n)`,
      [teams.map(({ id }) => id), competitionId, teams.map(({ captain }) => captain.id)],
    );
    await this.pool.query(
      `INSERT INTO team_members (team_id, competition_id, user_id)
       SELECT ($1::uuid[])[(n - 1) / $4 + 1], $2, person
       FROM unnest($3::uuid[]) WITH ORDINALITY AS p (person, n) WHERE n <= $4 * cardinality($1::uuid[])`,
      [teams.map(({ id }) => id), competitionId, people.map(({ id }) => id), size],
    );
    return teams;
  }

  /** Each of them has to be answered. */
  async askQuestions(competitionId: string, questions: readonly object[]): Promise<void> {
    await this.pool.query('INSERT INTO question_versions (competition_id, version, questions) VALUES ($1, 1, $2)', [
      competitionId,
      JSON.stringify(questions),
    ]);
    const ask = 'UPDATE competitions SET questions_version = 1, requires_answers = true WHERE id = $1';
    await this.pool.query(ask, [competitionId]);
  }

  /** The API renders a description when it saves a competition; of rows that it has not saved, at one of the first reads. */
  async renderDescriptions(apiUrl: string, competitionIds: readonly string[]): Promise<void> {
    const missing = `SELECT id FROM unnest($1::uuid[]) AS id
                     WHERE NOT EXISTS (SELECT FROM competition_descriptions d WHERE d.competition_id = id)`;
    for (;;) {
      const { rows } = await this.pool.query<{ id: string }>(missing, [competitionIds]);
      if (rows.length === 0) return;
      for (const { id } of rows) await fetch(`${apiUrl}/api/competitions/${id}`).then((response) => response.text());
    }
  }

  async countSeated(competitionIds: readonly string[]): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM registrations
       WHERE competition_id = ANY ($1) AND status IN ('PENDING', 'CONFIRMED')`,
      [competitionIds],
    );
    return rows[0]?.n ?? 0;
  }
}

const encode = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

/** A JWT like those of the API, valid for a day. */
function signAccessToken(userId: string, sessionId: string, role: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    sub: userId,
    sid: sessionId,
    role,
    iat,
    exp: iat + DAY_S,
    aud: 'mini-compete-api',
    iss: 'mini-compete',
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${encode(createHmac('sha256', JWT_SECRET).update(signed).digest())}`;
}
