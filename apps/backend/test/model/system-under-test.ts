import { randomUUID } from 'node:crypto';
import type { Question } from '@mini-compete/shared/questions';
import type pg from 'pg';
import { SeatNotifier } from '../../src/competitions/seats/seat-notifier.js';
import { invitationToken } from '../../src/messaging/templates/invitation-link.js';
import { Outbox } from '../../src/platform/queue/outbox.js';
import { ImportJobs } from '../../src/registrations/imports/imports.jobs.js';
import { TEST_SECRET, type TestApi } from '../support/api.js';
import { aCompetition, type CompetitionRow, type Person, people } from '../support/factories.js';
import { type ApiResponse, del, get, patch, post } from '../support/http-client.js';
import { invitationClient } from '../support/invitation-client.js';
import { runJobOf } from '../support/jobs.js';
import { aQuestion } from '../support/questions.js';
import type { Action, Answers, Change, Invite, Request } from './actions.js';
import { admitOnPreviousServer } from './previous-server.js';
import { PEOPLE } from './scenario.js';
import type { Competition, Response, Status } from './state.js';

const HOUR_MS = 3_600_000;

interface SeatsOfCompetition {
  readonly left: number;
  readonly waiting: number;
  readonly reserved: number;
  /** The numbers of the registrations on the waitlist, in order. */
  readonly queue: readonly number[];
  /** Whether there is a question, and which version of it. */
  readonly asks: string;
}

/** Real servers and their database. Translates between the numbers of the model and ids. */
export class SystemUnderTest {
  private readonly startedAt = Date.now();
  private passedHours = 0;
  private sent = 0;
  /** The ids of registrations, by their number in the model. */
  private readonly ids: string[] = [];
  private readonly responseTexts = new Map<string, string>();

  private constructor(
    private readonly servers: readonly TestApi[],
    private readonly pool: pg.Pool,
    private readonly persons: readonly Person[],
    private readonly organizer: Person,
    private readonly competitions: readonly Pick<CompetitionRow, 'id'>[],
  ) {}

  static async create(servers: readonly TestApi[], competitions: readonly Competition[]): Promise<SystemUnderTest> {
    const [organizer] = (await people(1, { role: 'ORGANIZER' })) as [Person];
    const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
    const rows: Pick<CompetitionRow, 'id'>[] = [];
    for (const { capacity, waitlist, opensAt, deadline, startsAt, isByApproval, confirmWithin } of competitions) {
      const [regOpensAt, regDeadline, startDate] = [at(opensAt), at(deadline), at(startsAt)];
      const admissionMode = isByApproval ? 'APPROVAL' : 'FIRST_COME';
      const confirmWithinSeconds = confirmWithin === null ? null : confirmWithin * 3_600;
      const dates = { regOpensAt, regDeadline, startDate };
      rows.push(await aCompetition({ organizer, capacity, waitlist, ...dates, admissionMode, confirmWithinSeconds }));
    }
    return new SystemUnderTest(servers, (servers[0] as TestApi).pool, await people(PEOPLE), organizer, [
      ...rows,
      { id: randomUUID() },
    ]);
  }

  /** The latest one of the person. */
  private async latestInvitation({ competition, person }: { competition: number; person: number }): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM invitations WHERE competition_id = $1 AND email = $2 ORDER BY id DESC LIMIT 1',
      [this.idOf(competition), this.personOf(person).email],
    );
    return rows[0]?.id ?? randomUUID();
  }

  /** All at the same time. What an action needs beforehand is prepared first. */
  async send(actions: readonly Action[]): Promise<ApiResponse[]> {
    const prepared: (() => Promise<ApiResponse>)[] = [];
    for (const action of actions)
      prepared.push(await ('operation' in action ? this.requestOf(action) : this.changeOf(action)));
    return Promise.all(prepared.map((run) => run()));
  }

  /** The servers take turns. */
  private nextServer(): string {
    return (this.servers[this.sent++ % this.servers.length] as TestApi).url;
  }

  private requestOf(request: Request): () => Promise<ApiResponse> {
    const { operation, person, competition, key, joinWaitlist, answers } = request;
    if (request.server === 'previous')
      return () => admitOnPreviousServer(this.pool, request, this.personOf(person), this.idOf(competition));
    const path = `/api/competitions/${this.idOf(competition)}/register`;
    const options = { token: this.personOf(person).token, ...(key !== null && { key }) };
    const url = this.nextServer();
    return () =>
      operation === 'leave'
        ? del(url, path, options)
        : post(url, path, { ...options, body: { joinWaitlist, ...answersIn(answers) } });
  }

  private async changeOf(requested: Change): Promise<() => Promise<ApiResponse>> {
    const path = `/api/competitions/${this.idOf(requested.competition)}`;
    const url = this.nextServer();
    const { token } = this.organizer;
    const edit = (body: object) => () => patch(url, path, { token, body, headers: { 'if-match': '*' } });
    switch (requested.type) {
      case 'capacity':
        return edit({ capacity: requested.capacity });
      case 'waitlist':
        return edit({ waitlist: requested.on });
      case 'extend':
        return edit({ regDeadline: this.timeOf(requested.until as number) });
      case 'questions':
        return edit({ questions: questionsOf(requested.asks) });
      case 'cancel':
        return () => post(url, `${path}/cancel`, { token });
      case 'undo-cancel': {
        const { body } = await get(url, `${path}/pending-acts`, { token });
        return () => post(url, `${path}/pending-acts/${body.items[0]?.id ?? randomUUID()}/undo`, { token });
      }
      case 'reinstate':
        return () => post(url, `${path}/registrations/${this.registrationOf(requested)}/reinstate`, { token });
      case 'decide': {
        const decisions = requested.decisions.map((one) => ({
          registrationId: this.registrationOf(one),
          decision: one.decision,
        }));
        return () => post(url, `${path}/applications/decide`, { token, body: { decisions } });
      }
      case 'confirm':
        return () => post(url, `${path}/confirm`, { token: this.personOf(requested.person).token });
      case 'invite': {
        const emails = requested.persons.map((person) => this.personOf(person).email);
        const body = { emails, expiresAt: this.timeOf(this.passedHours + requested.hours) };
        return () => post(url, `${path}/invitations`, { token, body });
      }
      case 'redeem': {
        const invitation = await this.latestInvitation(requested);
        const link = `/api/invitations/${invitationToken(TEST_SECRET, invitation)}/redeem`;
        const body = answersIn(requested.answers);
        return () => post(url, link, { token: this.personOf(requested.person).token, body });
      }
      case 'withdraw': {
        const invitationIds = [await this.latestInvitation(requested)];
        return () => post(url, `${path}/invitations/withdraw`, { token, body: { invitationIds } });
      }
      case 'import':
        return () => this.import(url, requested);
      case 'run-imports':
        return () => this.runImports(this.idOf(requested.competition));
      case 'employ':
        return this.acceptanceOf(url, path, this.personOf(requested.person));
      case 'dismiss': {
        const { body } = await get(url, `${path}/staff`, { token });
        const { id: userId } = this.personOf(requested.person);
        const member = body.members.find((one: { userId: string }) => one.userId === userId);
        return () => del(url, `${path}/staff/${member?.id ?? randomUUID()}`, { token });
      }
    }
  }

  /** The person has to accept the invitation. */
  private async acceptanceOf(url: string, path: string, person: Person): Promise<() => Promise<ApiResponse>> {
    const body = { email: person.email, role: 'REVIEWER' };
    const invited = await post(url, `${path}/staff`, { token: this.organizer.token, body });
    if (invited.status !== 201) return async () => invited;
    const token = new URL(invited.body.link).searchParams.get('token');
    return () => post(url, `/api/staff-invitations/${token}/accept`, { token: person.token });
  }

  private async import(url: string, { competition, persons, hours }: Invite): Promise<ApiResponse> {
    const client = invitationClient(url);
    const row = { id: this.idOf(competition) };
    const file = ['email', ...persons.map((person) => this.personOf(person).email)].join('\n');
    const { body } = await client.upload(this.organizer, row, file);
    const expiresAt = this.timeOf(this.passedHours + hours);
    return client.commit(this.organizer, row, body.id, { notify: false, expiresAt });
  }

  /** As the worker does. The response names what became of the people. */
  private async runImports(competitionId: string): Promise<ApiResponse> {
    const { rows: jobs } = await this.pool.query<{ outboxId: string; payload: { importId: string } }>(
      `SELECT o.id AS "outboxId", o.payload FROM outbox o JOIN imports m ON m.id = (o.payload->>'importId')::uuid
       WHERE o.job = 'import' AND o.settled_at IS NULL AND m.competition_id = $1 ORDER BY o.id`,
      [competitionId],
    );
    const { app } = this.servers[0] as TestApi;
    const features = [new ImportJobs(this.pool, app.get(Outbox), app.get(SeatNotifier))];
    for (const { outboxId, payload } of jobs) await runJobOf(features, 'import', outboxId, payload);
    const { rows: items } = await this.pool.query<{ result: string }>(
      'SELECT outcome AS result FROM import_rows WHERE import_id = ANY ($1) AND invitation_id IS NOT NULL ORDER BY import_id, row',
      [jobs.map(({ payload }) => payload.importId)],
    );
    return { status: 200, headers: new Headers(), text: '', body: { items } };
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

  /** Numbers new registrations in the order in which they were created, as the model does. Returns the first new number. */
  async numberRegistrations(): Promise<number> {
    const first = this.ids.length;
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM registrations WHERE competition_id = ANY ($1) AND id <> ALL ($2) ORDER BY id',
      [this.competitions.map(({ id }) => id), this.ids],
    );
    this.ids.push(...rows.map(({ id }) => id));
    return first;
  }

  /** Also compares replayed responses with the first one: they have to be equal byte by byte. */
  toModel({ status, body, text, headers }: ApiResponse): Response {
    if (body?.items) return { code: body.items.map((item: Item) => item.code ?? item.result).join() };
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

  /** Of each competition what concurrent actions may leave in more than one way. */
  async seats(): Promise<string[]> {
    const { rows } = await this.pool.query<Omit<SeatsOfCompetition, 'queue'> & { queue: string[] }>(
      `SELECT c.seats_left AS left, c.waiting, c.reserved,
              ARRAY(SELECT r.id FROM registrations r
                    WHERE r.competition_id = c.id AND r.status = 'WAITLISTED' ORDER BY r.admission) AS queue,
              CASE
                WHEN c.requires_answers THEN 'required'
                WHEN jsonb_path_exists(q.questions, '$[*] ? (!exists(@.deleted))') THEN 'optional'
                ELSE 'nothing'
              END || ' ' || c.questions_version AS asks
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n)
       JOIN competitions c USING (id)
       LEFT JOIN question_versions q ON q.competition_id = c.id AND q.version = c.questions_version
       ORDER BY n`,
      [this.competitions.map(({ id }) => id)],
    );
    return rows.map(({ queue, ...row }) => seatsText({ ...row, queue: queue.map((id) => this.ids.indexOf(id)) }));
  }

  /** In hours of the model; a scenario takes some seconds. */
  private hoursOf(at: Date): number {
    return Math.round(((at.getTime() - this.startedAt) / HOUR_MS + this.passedHours) * 10) / 10;
  }

  private timeOf(hours: number): string {
    return new Date(this.startedAt + (hours - this.passedHours) * HOUR_MS).toISOString();
  }

  private registrationOf({ registration }: { readonly registration?: number | undefined }): string {
    return registration === undefined ? randomUUID() : (this.ids[registration] as string);
  }

  private personOf(person: number): Person {
    return this.persons[person] as Person;
  }

  private idOf(competition: number): string {
    return (this.competitions[competition] as { id: string }).id;
  }
}

export const seatsText = ({ left, waiting, reserved, queue, asks }: SeatsOfCompetition): string =>
  `${left} left, ${waiting} waiting (${queue.join(', ')}), ${reserved} reserved, asks ${asks}`;

interface Item {
  readonly code?: string;
  readonly result?: string;
}

const QUESTION = 'size';
const answersIn = (answers: Answers | null) =>
  answers === null ? {} : { answers: answers.isAnswered ? { [QUESTION]: 'M' } : {}, questionsVersion: answers.version };

const questionsOf = (asks: Competition['asks']): Question[] =>
  asks === 'nothing' ? [] : [aQuestion(QUESTION, { required: asks === 'required' })];

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
