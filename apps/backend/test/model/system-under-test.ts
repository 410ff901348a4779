import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { aCompetition, type CompetitionRow, type Person, people } from '../support/factories.js';
import { type ApiResponse, del, get, patch, post } from '../support/http-client.js';
import type { Change, Competition, Request, Response } from './rules.js';
import { PEOPLE } from './scenario.js';

const HOUR_MS = 3_600_000;

/** Real servers and their database. Translates between the numbers of the model and ids. */
export class SystemUnderTest {
  private readonly startedAt = Date.now();
  private passedHours = 0;
  /** The ids of registrations, by their number in the model. */
  private readonly ids: string[] = [];
  private readonly responseTexts = new Map<string, string>();

  private constructor(
    private readonly servers: readonly string[],
    private readonly pool: pg.Pool,
    private readonly persons: readonly Person[],
    private readonly organizer: Person,
    private readonly competitions: readonly Pick<CompetitionRow, 'id'>[],
  ) {}

  static async create(
    servers: readonly string[],
    pool: pg.Pool,
    competitions: readonly Competition[],
  ): Promise<SystemUnderTest> {
    const [organizer] = (await people(1, { role: 'ORGANIZER' })) as [Person];
    const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
    const rows: Pick<CompetitionRow, 'id'>[] = [];
    for (const { capacity, waitlist, opensAt, deadline } of competitions)
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
    return new SystemUnderTest(servers, pool, await people(PEOPLE), organizer, [...rows, { id: randomUUID() }]);
  }

  async send({ operation, person, competition, key, joinWaitlist }: Request, server: number): Promise<ApiResponse> {
    const path = `/api/competitions/${this.idOf(competition)}/register`;
    const options = { token: (this.persons[person] as Person).token, ...(key !== null && { key }) };
    const url = this.servers[server % this.servers.length] as string;
    return operation === 'leave' ? del(url, path, options) : post(url, path, { ...options, body: { joinWaitlist } });
  }

  /** `reinstated` is the number of the registration in the model, if there is one. */
  async change(requested: Change, deadline: number, reinstated?: number): Promise<Response> {
    const id = this.idOf(requested.competition);
    const [url] = this.servers as [string];
    const { token } = this.organizer;
    if (requested.type === 'cancel') return this.toModel(await post(url, `/api/competitions/${id}/cancel`, { token }));
    if (requested.type === 'undo-cancel') return this.undoCancel(id);
    if (requested.type === 'reinstate') {
      const registrationId = reinstated === undefined ? randomUUID() : this.ids[reinstated];
      const path = `/api/competitions/${id}/registrations/${registrationId}/reinstate`;
      return this.toModel(await post(url, path, { token }));
    }
    const { rows } = await this.pool.query('SELECT version FROM competitions WHERE id = $1', [id]);
    const body =
      requested.type === 'capacity'
        ? { capacity: requested.capacity }
        : requested.type === 'waitlist'
          ? { waitlist: requested.on }
          : { regDeadline: new Date(this.startedAt + (deadline - this.passedHours) * HOUR_MS).toISOString() };
    const headers = { 'if-match': `"${rows[0].version}"` };
    return this.toModel(await patch(url, `/api/competitions/${id}`, { token, body, headers }));
  }

  private async undoCancel(id: string): Promise<Response> {
    const [url] = this.servers as [string];
    const { token } = this.organizer;
    const { body } = await get(url, `/api/competitions/${id}/pending-acts`, { token });
    const act = body.items[0]?.id ?? randomUUID();
    return this.toModel(await post(url, `/api/competitions/${id}/pending-acts/${act}/undo`, { token }));
  }

  /** Moves the stored times into the past, because the clocks cannot be changed. */
  async wait(hours: number): Promise<void> {
    this.passedHours += hours;
    await this.pool.query(
      `WITH moved AS (
         UPDATE competitions SET reg_opens_at = reg_opens_at - $3 * interval '1 hour', reg_deadline = reg_deadline - $3 * interval '1 hour',
           cancelled_at = cancelled_at - $3 * interval '1 hour'
         WHERE id = ANY ($1)
       )
       UPDATE idempotency_records SET expires_at = expires_at - $3 * interval '1 hour' WHERE user_id = ANY ($2)`,
      [this.competitions.map(({ id }) => id), this.persons.map(({ id }) => id), hours],
    );
  }

  async cleanUp(): Promise<void> {
    await this.pool.query('DELETE FROM idempotency_records WHERE expires_at <= now()');
  }

  /** People on the waitlist are promoted in steps: takes the ones that are left, as a worker does. */
  async finishPromotions(): Promise<void> {
    const step = `
      SELECT promote_v1(id)
      FROM (SELECT id FROM competitions WHERE next_due_at IS NOT NULL AND id = ANY ($1) FOR NO KEY UPDATE) locked`;
    while ((await this.pool.query(step, [this.competitions.map(({ id }) => id)])).rowCount);
  }

  /** Numbers new registrations in the order of their admission, as the model does. Returns the admissions by id. */
  async numberRegistrations(responses: readonly ApiResponse[]): Promise<Map<string, number>> {
    const isNew = (id: unknown) => typeof id === 'string' && !this.ids.includes(id);
    const created = responses.filter(({ status, body }) => status === 201 && isNew(body.registrationId));
    const { rows } = await this.pool.query<{ id: string; admission: number }>(
      'SELECT id, admission::int FROM registrations WHERE id = ANY ($1) ORDER BY admission',
      [created.map(({ body }) => body.registrationId)],
    );
    for (const { id } of rows) this.ids.push(id);
    return new Map(rows.map(({ id, admission }) => [id, admission]));
  }

  /** Also compares replayed responses with the first one: they have to be equal byte by byte. */
  toModel({ status, body, text, headers }: ApiResponse): Response {
    const code = body?.code ?? String(status);
    const replayed = headers.get('idempotent-replayed') === 'true';
    if (body?.registrationId === undefined) return { code, replayed };
    if (status === 201) {
      const first = this.responseTexts.get(body.registrationId);
      if (first !== undefined && first !== text) return { code: `different responses: ${first} and ${text}` };
      this.responseTexts.set(body.registrationId, text);
    }
    return {
      code,
      replayed,
      registration: this.ids.indexOf(body.registrationId),
      status: body.registrationStatus === 'CONFIRMED' ? 'PENDING' : (body.registrationStatus ?? body.status),
      ...(body.position !== undefined && { position: body.position }),
    };
  }

  async rows(): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string; status: string; competition: string }>(
      'SELECT id, status, competition_id AS competition FROM registrations WHERE competition_id = ANY ($1)',
      [this.competitions.map(({ id }) => id)],
    );
    const states = { PENDING: 'seated', CONFIRMED: 'seated', WAITLISTED: 'waitlisted', CANCELLED: 'ended' };
    return rows
      .map(({ id, status, competition }) => {
        const number = this.competitions.findIndex((row) => row.id === competition);
        return `${this.ids.indexOf(id)} in ${number} ${states[status as keyof typeof states]}`;
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
