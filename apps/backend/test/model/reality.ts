import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type Answer, del, patch, post } from '../client.js';
import { aCompetition, type CompetitionRow, type Person, people } from '../factories.js';
import { PEOPLE } from './history.js';
import type { Asking, Competition, Organizing, Said } from './rules.js';

const HOUR_MS = 3_600_000;

/** What the model calls by numbers, as rows in a database behind real servers. */
export class Reality {
  private readonly startedAt = Date.now();
  private passedHours = 0;
  /** Registrations by the model's numbers. */
  private readonly ids: string[] = [];
  private readonly bytes = new Map<string, string>();

  private constructor(
    private readonly servers: readonly string[],
    private readonly pool: pg.Pool,
    private readonly persons: readonly Person[],
    private readonly organizer: Person,
    private readonly competitions: readonly Pick<CompetitionRow, 'id'>[],
  ) {}

  static async of(servers: readonly string[], pool: pg.Pool, plans: readonly Competition[]): Promise<Reality> {
    const [organizer] = (await people(1, { role: 'ORGANIZER' })) as [Person];
    const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
    const rows: Pick<CompetitionRow, 'id'>[] = [];
    for (const { capacity, waitlist, opensAt, deadline } of plans)
      rows.push(
        await aCompetition({
          organizer,
          capacity,
          waitlist,
          regOpensAt: at(opensAt),
          regDeadline: at(deadline),
          startDate: null,
        }),
      );
    return new Reality(servers, pool, await people(PEOPLE), organizer, [...rows, { id: randomUUID() }]);
  }

  async ask({ act, person, competition, key, joins }: Asking, server = 0): Promise<Answer> {
    const path = `/api/competitions/${this.idOf(competition)}/register`;
    const options = { token: (this.persons[person] as Person).token, ...(key !== null && { key }) };
    const url = this.servers[server % this.servers.length] as string;
    return act === 'leave' ? del(url, path, options) : post(url, path, { ...options, body: { joinWaitlist: joins } });
  }

  async organize(organizing: Organizing, deadline: number): Promise<Said> {
    const id = this.idOf(organizing.competition);
    const [url] = this.servers as [string];
    const { token } = this.organizer;
    if (organizing.act === 'cancel') return this.said(await post(url, `/api/competitions/${id}/cancel`, { token }));
    const { rows } = await this.pool.query('SELECT version FROM competitions WHERE id = $1', [id]);
    const body =
      organizing.act === 'capacity'
        ? { capacity: organizing.capacity }
        : organizing.act === 'waitlist'
          ? { waitlist: organizing.on }
          : { regDeadline: new Date(this.startedAt + (deadline - this.passedHours) * HOUR_MS).toISOString() };
    const headers = { 'if-match': `"${rows[0].version}"` };
    return this.said(await patch(url, `/api/competitions/${id}`, { token, body, headers }));
  }

  /** Nobody's clock is touched: what was written is moved into the past. */
  async wait(hours: number): Promise<void> {
    this.passedHours += hours;
    const by = [this.competitions.map(({ id }) => id), this.persons.map(({ id }) => id), hours];
    await this.pool.query(
      `WITH moved AS (
         UPDATE competitions SET reg_opens_at = reg_opens_at - $3 * interval '1 hour', reg_deadline = reg_deadline - $3 * interval '1 hour'
         WHERE id = ANY ($1)
       )
       UPDATE idempotency_records SET expires_at = expires_at - $3 * interval '1 hour' WHERE user_id = ANY ($2)`,
      by,
    );
  }

  async cleanUp(): Promise<void> {
    await this.pool.query('DELETE FROM idempotency_records WHERE expires_at <= now()');
  }

  /** New registrations get the model's numbers in the order of their admission; answers the numbers of admission. */
  async number(answers: readonly Answer[]): Promise<Map<string, number>> {
    const isNew = (id: unknown) => typeof id === 'string' && !this.ids.includes(id);
    const fresh = answers.filter(({ status, body }) => status === 201 && isNew(body.registrationId));
    const { rows } = await this.pool.query<{ id: string; admission: number }>(
      'SELECT id, admission::int FROM registrations WHERE id = ANY ($1) ORDER BY admission',
      [fresh.map(({ body }) => body.registrationId)],
    );
    for (const { id } of rows) this.ids.push(id);
    return new Map(rows.map(({ id, admission }) => [id, admission]));
  }

  /** In the model's words. The same registration is always told in the same bytes. */
  said({ status, body, text, headers }: Answer): Said {
    const name = body?.code ?? String(status);
    const replayed = headers.get('idempotent-replayed') === 'true';
    if (body?.registrationId === undefined) return { name, replayed };
    if (status === 201) {
      const first = this.bytes.get(body.registrationId);
      if (first !== undefined && first !== text) return { name: `other bytes: ${first} and ${text}` };
      this.bytes.set(body.registrationId, text);
    }
    return {
      name,
      replayed,
      registration: this.ids.indexOf(body.registrationId),
      status: body.registrationStatus === 'CONFIRMED' ? 'PENDING' : (body.registrationStatus ?? body.status),
      ...(body.position !== undefined && { position: body.position }),
    };
  }

  /** Who is in, as the model writes it. */
  async rows(): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string; status: string; competition: string }>(
      'SELECT id, status, competition_id AS competition FROM registrations WHERE competition_id = ANY ($1)',
      [this.competitions.map(({ id }) => id)],
    );
    const states = { PENDING: 'seated', CONFIRMED: 'seated', WAITLISTED: 'waiting', CANCELLED: 'ended' };
    return rows
      .map(({ id, status, competition }) => {
        const place = this.competitions.findIndex((one) => one.id === competition);
        return `${this.ids.indexOf(id)} in ${place} ${states[status as keyof typeof states]}`;
      })
      .sort();
  }

  async seats(): Promise<string[]> {
    const { rows } = await this.pool.query<{ text: string }>(
      `SELECT c.seats_left || ' left, ' || c.waiting || ' waiting' AS text
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) JOIN competitions c USING (id) ORDER BY n`,
      [this.competitions.map(({ id }) => id)],
    );
    return rows.map(({ text }) => text);
  }

  private idOf(competition: number): string {
    return (this.competitions[competition] as { id: string }).id;
  }
}
