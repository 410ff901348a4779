import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { SeatNotifier } from '../../../src/competitions/seats/seat-notifier.js';
import { Outbox } from '../../../src/platform/queue/outbox.js';
import { NoShowJobs } from '../../../src/registrations/check-in/no-shows.jobs.js';
import { RemovalJobs } from '../../../src/registrations/removals/removals.jobs.js';
import type { TestApi } from '../../support/api.js';
import { organizerClient, participantClient } from '../../support/competition-clients.js';
import { checkInClient, Device } from '../../support/doors.js';
import { anOrganizer, inHours, type Person, people } from '../../support/factories.js';
import { type ApiResponse, patch, post, untilServed } from '../../support/http-client.js';
import { runJobOf } from '../../support/jobs.js';
import { aQuestion } from '../../support/questions.js';
import { aTeamCompetition, teamClient } from '../../support/teams.js';
import type { Exchange } from '../linearize.js';
import type { Operation } from './operations.js';
import { PEOPLE } from './scenario.js';
import type { Registration, Settings } from './state.js';

type Send = () => Promise<ApiResponse | string>;

/** What becomes true of the competition of which the teams are fixed, which starts, and where promotion ends. */
const PHASES = [
  `teams_lock_at = now() - interval '4 seconds', reg_deadline = now() - interval '1 second'`,
  'start_date = reg_deadline',
  'promote_until = reg_deadline',
];

/** Real servers and their database. Translates between the numbers of the model and ids. */
export class TeamSystem {
  private readonly teamIds: string[] = [];
  private readonly pool: pg.Pool;
  private readonly door: Device;
  private names = 0;
  private sent = 0;
  private phase = 0;

  private constructor(
    private readonly servers: readonly TestApi[],
    private readonly organizer: Person,
    private readonly persons: readonly Person[],
    private readonly competition: { readonly id: string },
  ) {
    const [first] = servers as readonly [TestApi];
    this.pool = first.pool;
    this.door = new Device(checkInClient(first.url), organizer, competition);
  }

  static async create(
    servers: readonly TestApi[],
    { confirms, isByApproval, ...settings }: Settings,
    capacity: number,
  ): Promise<TeamSystem> {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({
      ...settings,
      ...{ organizer, capacity, startDate: inHours(48), promoteUntil: inHours(72) },
      admissionMode: isByApproval ? 'APPROVAL' : 'FIRST_COME',
      confirmWithinSeconds: confirms ? 3_600 : null,
    });
    return new TeamSystem(servers, organizer, await people(PEOPLE), competition);
  }

  /** All at the same time. What an operation needs beforehand is prepared first. */
  async send(operations: readonly Operation[]): Promise<Exchange<Operation, string>[]> {
    const prepared: Send[] = [];
    for (const operation of operations) prepared.push(await this.prepare(operation));
    const responses = await Promise.all(prepared.map(untilServed));
    return responses.map((response, n) => {
      const action = operations[n] as Operation;
      if (typeof response === 'string') return { action, response };
      const isNew = action.type === 'create' && response.status === 201;
      const created = isNew ? this.teamIds.push(response.body.id) - 1 : undefined;
      return { action, response: codeOf(response), created };
    });
  }

  private async prepare(operation: Operation): Promise<Send> {
    // The servers take turns.
    const { url } = this.servers[this.sent++ % this.servers.length] as TestApi;
    const { competition, organizer } = this;
    const [teams, participant, staff] = [teamClient(url), participantClient(url), organizerClient(url)];
    const person = this.personOf('person' in operation ? operation.person : 0);
    const team = { id: this.idOf('team' in operation ? operation.team : -1) };
    switch (operation.type) {
      case 'create':
        return () => teams.create(person, competition, `Team ${++this.names}`, answersIn(operation.answers));
      case 'join': {
        const code = await this.joinCode(team);
        return () => teams.join(person, { code }, answersIn(operation.answers));
      }
      case 'answer': {
        const { answers = {}, questionsVersion = 0 } = answersIn(operation);
        return () => teams.answer(person, team, answers, questionsVersion);
      }
      case 'end':
        return () => teams.end(person, team, this.personOf(operation.whose));
      case 'make-captain':
        return () => teams.makeCaptain(person, team, this.personOf(operation.to));
      case 'register': {
        const body = { teamId: team.id, joinWaitlist: operation.joinWaitlist };
        return () => participant.register(person, competition, { body });
      }
      case 'leave':
        return () => participant.leave(person, competition);
      case 'withdraw':
        return () => teams.withdraw(person, team);
      case 'decide': {
        const decisions: object[] = [];
        for (const { decision, team, registration } of operation.decisions)
          decisions.push({ registrationId: await this.registrationId(this.idOf(team), registration), decision });
        const path = `/api/competitions/${competition.id}/applications/decide`;
        return () => post(url, path, { token: organizer.token, body: { decisions } });
      }
      case 'reinstate': {
        const id = await this.registrationId(team.id, operation.registration);
        return () => staff.reinstate(organizer, competition, id);
      }
      case 'remove': {
        const id = await this.registrationId(team.id, operation.registration);
        const requested = await untilServed(() => staff.removeSeveral(organizer, competition, [id]));
        return () => this.runAct(requested);
      }
      case 'confirm':
        return () => participant.confirm(person, competition);
      case 'check-in':
        return () => this.checkIn(person);
      case 'capacity':
        return () => this.edit(url, { capacity: operation.capacity });
      case 'ask': {
        const question = aQuestion(QUESTION, { required: true, answeredBy: 'MEMBER' });
        return () => this.edit(url, { questions: operation.isRequired ? [question] : [] });
      }
      case 'release-no-shows': {
        const doors = [this.door.door.id];
        const requested = await untilServed(() => checkInClient(url).release(organizer, competition, doors));
        return () => this.runAct(requested);
      }
      case 'holds-expire':
        return () => this.expireHolds('promotes_until(c) > now()');
      case 'next-phase':
        return () => this.nextPhase();
    }
  }

  private edit(url: string, body: object): Promise<ApiResponse> {
    const options = { token: this.organizer.token, body, headers: { 'if-match': '*' } };
    return patch(url, `/api/competitions/${this.competition.id}`, options);
  }

  /** Runs a removal or a release as the worker does when the time for an undo has passed. */
  private async runAct(requested: ApiResponse): Promise<ApiResponse> {
    if (requested.status !== 202) return requested;
    const actId: string = requested.body.id;
    const { rows } = await this.pool.query<{ id: string; job: 'remove-several' | 'release-no-shows' }>(
      `SELECT id, job FROM outbox WHERE id = (SELECT outbox_id FROM pending_acts WHERE id = $1)`,
      [actId],
    );
    const [{ id, job }] = rows as [(typeof rows)[number]];
    const { app } = this.servers[0] as TestApi;
    const parts = [this.pool, app.get(Outbox), app.get(SeatNotifier)] as const;
    await runJobOf([new RemovalJobs(...parts), new NoShowJobs(...parts)], job, id, { actId });
    return requested;
  }

  private async checkIn({ id: userId }: Person): Promise<string> {
    if (this.door.snapshot === undefined) await this.door.open();
    const { rows } = await this.pool.query<{ id: string }>(
      `SELECT r.id FROM team_members m JOIN registrations r ON r.team_id = m.team_id
       WHERE m.competition_id = $1 AND m.user_id = $2 AND m.left_at IS NULL
       ORDER BY r.id DESC LIMIT 1`,
      [this.competition.id, userId],
    );
    this.door.scan({ registrationId: rows[0]?.id ?? randomUUID(), userId });
    const { body } = await this.door.sync(this.door.scans.slice(-1));
    return body.results[0].result;
  }

  private async expireHolds(condition: string): Promise<string> {
    await this.pool.query(
      `UPDATE registrations SET held_until = date_trunc('milliseconds', now() - interval '4 seconds')
       WHERE status = 'HELD' AND competition_id IN (SELECT id FROM competitions c WHERE id = $1 AND ${condition})`,
      [this.competition.id],
    );
    return this.settle();
  }

  private async nextPhase(): Promise<string> {
    const changes = PHASES[this.phase++];
    if (changes === undefined) return 'done';
    await this.pool.query(`UPDATE competitions SET ${changes} WHERE id = $1`, [this.competition.id]);
    return this.expireHolds('start_date < now()');
  }

  private async settle(): Promise<string> {
    const { id } = this.competition;
    await this.pool.query('SELECT set_next_expiry_v1($1)', [id]);
    await this.pool.query(
      'SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) locked',
      [id],
    );
    return 'done';
  }

  /** The competition, and each team with its registrations. */
  async rows(): Promise<string[]> {
    const { id } = this.competition;
    const { rows: seats } = await this.pool.query<Omit<CompetitionRow, 'queue' | 'order'>>(
      `SELECT seats_left AS left, waiting, waiting_extra_seats AS extra, questions_version AS "questionsVersion",
              EXISTS (SELECT FROM question_versions q WHERE q.competition_id = c.id AND q.version = c.questions_version
                      AND jsonb_path_exists(q.questions, '$[*] ? (!exists(@.deleted))')) AS asks
       FROM competitions c WHERE id = $1`,
      [id],
    );
    const { rows: members } = await this.pool.query<Member>(
      `SELECT team_id AS team, user_id AS person, user_id = captain_id AS "isCaptain" FROM team_members m
       JOIN teams t ON t.id = team_id WHERE m.competition_id = $1 AND left_at IS NULL ORDER BY joined_at, m.id`,
      [id],
    );
    const { rows: registrations } = await this.pool.query<RegistrationRow>(REGISTRATIONS, [id]);
    const byAdmission = registrations.toSorted((a, b) => a.admission - b.admission);
    const numbers = (found: readonly RegistrationRow[]) => found.map(({ team }) => this.teamIds.indexOf(team));
    const text = competitionText({
      ...(seats[0] as (typeof seats)[number]),
      queue: numbers(byAdmission.filter(({ state }) => state === 'waitlisted')),
      order: numbers(byAdmission),
    });
    const ofTeam = (team: string) => (row: Member | RegistrationRow) => row.team === team;
    return [
      text,
      ...this.teamIds.map((team) => this.teamText(members.filter(ofTeam(team)), registrations.filter(ofTeam(team)))),
    ];
  }

  private teamText(members: readonly Member[], registrations: readonly RegistrationRow[]): string {
    const numberOf = (id: string) => this.persons.findIndex((person) => person.id === id);
    return teamText({
      members: members.map(({ person }) => numberOf(person)),
      captain: members.filter(({ isCaptain }) => isCaptain).map(({ person }) => numberOf(person)),
      registrations: registrations.map(({ rejected, ...row }) => ({ ...row, rejected: rejected.map(numberOf) })),
    });
  }

  private async registrationId(teamId: string, index = -1): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM registrations WHERE team_id = $1 ORDER BY id',
      [teamId],
    );
    return rows[index]?.id ?? randomUUID();
  }

  private async joinCode({ id }: { readonly id: string }): Promise<string> {
    const { rows } = await this.pool.query<{ code: string }>('SELECT code FROM teams WHERE id = $1', [id]);
    return rows[0]?.code ?? 'AAAAAAAAAA';
  }

  private personOf(person: number): Person {
    return this.persons[person] as Person;
  }

  private idOf(team: number): string {
    return this.teamIds[team] ?? randomUUID();
  }
}

interface Member {
  readonly team: string;
  readonly person: string;
  readonly isCaptain: boolean;
}

interface RegistrationRow {
  readonly team: string;
  readonly state: Registration['state'];
  readonly seats: number;
  readonly admission: number;
  readonly endReason: Registration['endReason'];
  readonly rejected: readonly string[];
}

const REGISTRATIONS = `
SELECT r.team_id AS team, r.seats, r.admission::float8, replace(lower(r.end_reason::text), '_', '-') AS "endReason",
       CASE r.status WHEN 'CANCELLED' THEN 'ended' WHEN 'CONFIRMED' THEN 'seated' WHEN 'PENDING' THEN 'seated'
                     ELSE lower(r.status::text) END AS state,
       ARRAY(SELECT user_id FROM team_members m
             WHERE m.team_id = r.team_id AND r.end_reason = 'REJECTED' AND m.joined_at <= r.ended_at
               AND coalesce(m.left_at, 'infinity') > r.ended_at) AS rejected
FROM registrations r
WHERE r.competition_id = $1
ORDER BY r.id`;

interface CompetitionRow {
  readonly asks: boolean;
  readonly questionsVersion: number;
  readonly left: number;
  readonly waiting: number;
  readonly extra: number;
  /** The teams on the waitlist, and those of all registrations, in the order of their admission. */
  readonly queue: readonly number[];
  readonly order: readonly number[];
}

export const competitionText = ({
  asks,
  questionsVersion,
  left,
  waiting,
  extra,
  queue,
  order,
}: CompetitionRow): string =>
  `${left} left, ${waiting} waiting (${queue.join(' ')}), ${extra} extra, in order of ${order.join(' ')}, ${asks ? 'asks' : 'asks nothing'} in version ${questionsVersion}`;

interface TeamState {
  readonly members: readonly number[];
  readonly captain: readonly number[];
  readonly registrations: readonly (Pick<Registration, 'state' | 'endReason' | 'rejected'> & {
    readonly seats: number;
  })[];
}

export function teamText({ members, captain, registrations }: TeamState): string {
  const texts = registrations.map(({ state, endReason, rejected, seats }) =>
    state === 'ended' ? [endReason, ...rejected.toSorted()].join(' ') : `${state} ${seats}`,
  );
  return [members.length === 0 ? 'ended' : `${members.join(' ')} led by ${captain}`, ...texts].join('; ');
}

const QUESTION = 'size';

const answersIn = (seen: { readonly version?: number } | null) =>
  seen === null ? {} : { answers: seen.version === 0 ? {} : { [QUESTION]: 'M' }, questionsVersion: seen.version };

/** For deciding, what becomes of each. */
function codeOf({ status, body }: ApiResponse): string {
  if (body.items) return body.items.map((item: { code?: string; result?: string }) => item.code ?? item.result).join();
  if (status >= 400) return body.code;
  return 'registeredAt' in body ? body.status : 'done';
}
