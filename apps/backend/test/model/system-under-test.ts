import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { aCompetition, type CompetitionRow, type Person, people } from '../support/factories.js';
import { type ApiResponse, del, get, patch, post } from '../support/http-client.js';
import type { Change, Competition, Request, Response, Status } from './rules.js';
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
    for (const { capacity, waitlist, opensAt, deadline, startsAt, isByApproval, confirmWithin } of competitions) {
      const [regOpensAt, regDeadline, startDate] = [at(opensAt), at(deadline), at(startsAt)];
      const row = await aCompetition({ organizer, capacity, waitlist, regOpensAt, regDeadline, startDate });
      await pool.query('UPDATE competitions SET admission_mode = $2, confirm_within_seconds = $3 WHERE id = $1', [
        row.id,
        isByApproval ? 'APPROVAL' : 'FIRST_COME',
        confirmWithin === null ? null : confirmWithin * 3_600,
      ]);
      rows.push(row);
    }
    return new SystemUnderTest(servers, pool, await people(PEOPLE), organizer, [...rows, { id: randomUUID() }]);
  }

  async send({ operation, person, competition, key, joinWaitlist }: Request, server: number): Promise<ApiResponse> {
    const path = `/api/competitions/${this.idOf(competition)}/register`;
    const options = { token: (this.persons[person] as Person).token, ...(key !== null && { key }) };
    const url = this.servers[server % this.servers.length] as string;
    return operation === 'leave' ? del(url, path, options) : post(url, path, { ...options, body: { joinWaitlist } });
  }

  /** `numbers` are those of the registrations that the change is about, in the model. */
  async change(requested: Change, deadline: number, numbers: readonly (number | undefined)[]): Promise<Response> {
    const id = this.idOf(requested.competition);
    const [url] = this.servers as [string];
    const { token } = this.organizer;
    const registrationIds = numbers.map((number) =>
      number === undefined ? randomUUID() : (this.ids[number] as string),
    );
    switch (requested.type) {
      case 'cancel':
        return this.toModel(await post(url, `/api/competitions/${id}/cancel`, { token }));
      case 'undo-cancel':
        return this.undoCancel(id);
      case 'reinstate': {
        const path = `/api/competitions/${id}/registrations/${registrationIds[0]}/reinstate`;
        return this.toModel(await post(url, path, { token }));
      }
      case 'decide': {
        const decisions = requested.decisions.map(({ decision }) => decision);
        const reasons = decisions.map(() => null);
        const values = [registrationIds, decisions, reasons, this.organizer.id];
        return this.underLock(
          id,
          `string_agg(verdict, ',' ORDER BY n) AS code FROM decide_v1($1, $2, $3, $4, $5)`,
          values,
        );
      }
      case 'confirm':
        return this.underLock(id, 'confirm_v1($1, $2, 0) AS code', [this.personOf(requested.person).id]);
      case 'invite': {
        const emails = requested.persons.map((person) => this.personOf(person).email);
        const names = emails.map(() => null);
        const code = `CASE WHEN max(lacking) > 0 THEN 'CAPACITY_TOO_SMALL' ELSE string_agg(verdict, ',' ORDER BY n) END`;
        const values = [emails, names, `${requested.hours} hours`, this.organizer.id];
        const call = 'invite_v1($1, $2, $3, now() + $4::interval, NULL, NULL, false, $5)';
        return this.underLock(id, `${code} AS code FROM ${call}`, values);
      }
      case 'redeem': {
        const { id: userId, email } = this.personOf(requested.person);
        const call = `redeem_v1($1, ARRAY[coalesce(
          (SELECT id FROM invitations WHERE competition_id = $1 AND email = $3 ORDER BY id DESC LIMIT 1), uuidv7())],
          ARRAY[$2::uuid], 0, ARRAY[NULL]::integer[], ARRAY[NULL]::jsonb[], $2)`;
        return this.underLock(
          id,
          `verdict AS code, CASE verdict WHEN 'PENDING' THEN registration_id END AS "registrationId" FROM ${call}`,
          [userId, email],
        );
      }
      case 'withdraw': {
        const open = 'SELECT id FROM invitations WHERE competition_id = $1 AND email = $2 AND ended_at IS NULL';
        const ended = `end_invitations_v1($1, ARRAY(${open}), 'WITHDRAWN', NULL)`;
        const code = `CASE count(*) WHEN 0 THEN 'INVITATION_NOT_FOUND' ELSE '200' END`;
        return this.underLock(id, `${code} AS code, max(promote_v1($1)) FROM ${ended}`, [
          this.personOf(requested.person).email,
        ]);
      }
      case 'employ': {
        const { id: userId } = this.personOf(requested.person);
        const employed = `WITH employed AS (
          INSERT INTO competition_staff (competition_id, user_id, role)
          SELECT $1, $2, 'REVIEWER' WHERE NOT EXISTS (
            SELECT FROM registrations WHERE competition_id = $1 AND user_id = $2 AND status <> 'CANCELLED')
          ON CONFLICT (competition_id, user_id) DO UPDATE SET role = excluded.role
          RETURNING 1
        ) SELECT CASE count(*) WHEN 0 THEN 'REGISTERED_HERE' ELSE '200' END AS code FROM employed`;
        return (await this.pool.query(employed, [id, userId])).rows[0];
      }
      case 'dismiss':
        await this.pool.query('DELETE FROM competition_staff WHERE competition_id = $1 AND user_id = $2', [
          id,
          this.personOf(requested.person).id,
        ]);
        return { code: '200' };
      case 'questions':
        await this.pool.query('UPDATE competitions SET requires_answers = $2 WHERE id = $1', [id, requested.required]);
        return { code: '200' };
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

  /** A database function whose caller has to hold the competition's lock. */
  private async underLock(id: string, select: string, values: readonly unknown[]): Promise<Response> {
    const { code, registrationId } = await inTransaction(this.pool, async (tx) => {
      await tx.query('SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE', [id]);
      const { rows } = await tx.query<{ code: string; registrationId?: string }>(`SELECT ${select}`, [id, ...values]);
      return rows[0] as { code: string; registrationId?: string };
    });
    if (!registrationId) return { code };
    if (!this.ids.includes(registrationId)) this.ids.push(registrationId);
    return { code, registration: this.ids.indexOf(registrationId) };
  }

  private async undoCancel(id: string): Promise<Response> {
    const [url] = this.servers as [string];
    const { token } = this.organizer;
    const { body } = await get(url, `/api/competitions/${id}/pending-acts`, { token });
    const act = body.items[0]?.id ?? randomUUID();
    return this.toModel(await post(url, `/api/competitions/${id}/pending-acts/${act}/undo`, { token }));
  }

  /**
   * Moves the stored times into the past, because the clocks cannot be changed. What expires then is left to the next
   * request; what had expired before is settled first.
   */
  async wait(hours: number): Promise<void> {
    await this.settle();
    this.passedHours += hours;
    const earlier = (...columns: string[]) => columns.map((at) => `${at} = ${at} - $3 * interval '1 hour'`).join(', ');
    await this.pool.query(
      `WITH moved AS (
         UPDATE competitions SET ${earlier('reg_opens_at', 'reg_deadline', 'start_date', 'next_expiry_at', 'cancelled_at')}
         WHERE id = ANY ($1)
       ), holds AS (
         UPDATE registrations SET ${earlier('held_until')} WHERE competition_id = ANY ($1)
       ), invited AS (
         UPDATE invitations SET ${earlier('expires_at')} WHERE competition_id = ANY ($1)
       )
       UPDATE idempotency_records SET ${earlier('expires_at')} WHERE user_id = ANY ($2)`,
      [this.competitions.map(({ id }) => id), this.persons.map(({ id }) => id), hours],
    );
  }

  async cleanUp(): Promise<void> {
    await this.pool.query('DELETE FROM idempotency_records WHERE expires_at <= now()');
  }

  /** Does all that is due, as a worker does. */
  async settle(): Promise<void> {
    const settle = `
      SELECT settle_all_v1(id)
      FROM (SELECT id FROM competitions WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE) locked`;
    await this.pool.query(settle, [this.competitions.map(({ id }) => id)]);
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
      ...(statusIn(body) !== undefined && { status: statusIn(body) as Status }),
      ...(body.position !== undefined && { position: body.position }),
    };
  }

  async rows(): Promise<string[]> {
    const { rows } = await this.pool.query<{
      id: string;
      status: keyof typeof STATES;
      competition: string;
      heldUntil: Date;
    }>(
      `SELECT id, status, competition_id AS competition, held_until AS "heldUntil"
       FROM registrations WHERE competition_id = ANY ($1)`,
      [this.competitions.map(({ id }) => id)],
    );
    return rows
      .map(({ id, status, competition, heldUntil }) => {
        const number = this.competitions.findIndex((row) => row.id === competition);
        const until = status === 'HELD' ? ` until ${this.hoursOf(heldUntil)}` : '';
        return `${this.ids.indexOf(id)} in ${number} ${STATES[status]}${until}`;
      })
      .sort();
  }

  async seats(): Promise<string[]> {
    const { rows } = await this.pool.query<{ text: string }>(
      `SELECT c.seats_left || ' left, ' || c.waiting || ' waiting, ' || c.reserved || ' reserved' AS text
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) JOIN competitions c USING (id) ORDER BY n`,
      [this.competitions.map(({ id }) => id)],
    );
    return rows.map(({ text }) => text);
  }

  /** In hours of the model; a scenario takes some seconds. */
  private hoursOf(at: Date): number {
    return Math.round(((at.getTime() - this.startedAt) / HOUR_MS + this.passedHours) * 10) / 10;
  }

  private personOf(person: number): Person {
    return this.persons[person] as Person;
  }

  private idOf(competition: number): string {
    return (this.competitions[competition] as { id: string }).id;
  }
}

const STATES = {
  PENDING: 'seated',
  CONFIRMED: 'seated',
  HELD: 'held',
  WAITLISTED: 'waitlisted',
  APPLIED: 'applied',
  CANCELLED: 'ended',
} as const;

function statusIn({ registrationStatus, status }: { registrationStatus?: string; status?: string }) {
  const found = registrationStatus ?? status;
  return found === 'CONFIRMED' ? 'PENDING' : found;
}
