import type { SeatUnit } from '@mini-compete/shared/seats';
import { newCode } from '../../src/registrations/teams/team-code.js';
import { nameKeyOf } from '../../src/registrations/teams/team-name.js';
import { aCompetition, type CompetitionOptions, type CompetitionRow, type Person, people } from './factories.js';
import { type CallOptions, call, del, get, patch, post } from './http-client.js';
import { rows } from './queries.js';

type Competition = Pick<CompetitionRow, 'id'>;

interface TeamSettings {
  readonly teamMin?: number;
  readonly teamMax?: number;
  readonly seatUnit?: SeatUnit;
  readonly teamsLockAt?: Date | null;
}

/** For teams of one to four, each member with a seat of their own, unless said otherwise. */
export async function aTeamCompetition({
  teamMin = 1,
  teamMax = 4,
  seatUnit = 'PERSON',
  teamsLockAt = null,
  ...options
}: CompetitionOptions & TeamSettings = {}): Promise<CompetitionRow> {
  const competition = await aCompetition(options);
  await rows(
    `UPDATE competitions SET team_min = $2, team_max = $3, seat_unit = $4::"SeatUnit", teams_lock_at = $5 WHERE id = $1`,
    [competition.id, teamMin, teamMax, seatUnit, teamsLockAt],
  );
  await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
  return competition;
}

export interface TestTeam {
  readonly id: string;
  readonly code: string;
  readonly captain: Person;
  /** The captain first. */
  readonly members: readonly Person[];
}

let formed = 0;

/** Teams of these sizes, without requests. */
export async function formTeams({ id }: Competition, sizes: readonly number[]): Promise<TestTeam[]> {
  const persons = await people(sizes.reduce((sum, size) => sum + size, 0));
  const teams = sizes.map((size) => {
    const members = persons.splice(0, size);
    return { name: `Team ${++formed}`, code: newCode(), members, captain: members[0] as Person };
  });
  const inserted = await rows<{ id: string }>(
    `WITH team AS (
       INSERT INTO teams (competition_id, name, name_key, code, captain_id)
       SELECT $1, t.name, t.name_key, t.code, t.captain_id
       FROM unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) WITH ORDINALITY AS t (name, name_key, code, captain_id, n)
       ORDER BY t.n
       RETURNING id, code
     ), joined AS (
       INSERT INTO team_members (team_id, competition_id, user_id)
       SELECT team.id, $1, m.user_id FROM unnest($6::text[], $7::uuid[]) WITH ORDINALITY AS m (code, user_id, n)
       JOIN team USING (code) ORDER BY m.n
     )
     SELECT team.id FROM unnest($4::text[]) WITH ORDINALITY AS given (code, n) JOIN team USING (code) ORDER BY n`,
    [
      id,
      teams.map(({ name }) => name),
      teams.map(({ name }) => nameKeyOf(name)),
      teams.map(({ code }) => code),
      teams.map(({ captain }) => captain.id),
      teams.flatMap(({ code, members }) => members.map(() => code)),
      teams.flatMap(({ members }) => members.map((member) => member.id)),
    ],
  );
  return teams.map((team, n) => ({ ...team, id: (inserted[n] as { id: string }).id }));
}

export async function formTeam(competition: Competition, size: number): Promise<TestTeam> {
  const [team] = (await formTeams(competition, [size])) as [TestTeam];
  return team;
}

/** The requests about teams to the API at `url`. */
export function teamClient(url: string) {
  type Team = Pick<TestTeam, 'id'>;
  return {
    create: ({ token }: Person, { id }: Competition, name: string, body: object = {}, options?: CallOptions) =>
      post(url, `/api/competitions/${id}/teams`, { token, body: { name, ...body }, ...options }),
    mine: ({ token }: Person, { id }: Competition) => get(url, `/api/competitions/${id}/teams/my`, { token }),
    list: ({ token }: Person, { id }: Competition, query = '') =>
      get(url, `/api/competitions/${id}/teams${query}`, { token }),
    find: ({ token }: Person, code: string) => post(url, '/api/teams/find', { token, body: { code } }),
    join: ({ token }: Person, { code }: Pick<TestTeam, 'code'>, body: object = {}, options?: CallOptions) =>
      post(url, '/api/teams/join', { token, body: { code, ...body }, ...options }),
    rename: ({ token }: Person, { id }: Team, name: string) =>
      patch(url, `/api/teams/${id}`, { token, body: { name } }),
    renewCode: ({ token }: Person, { id }: Team) => post(url, `/api/teams/${id}/code`, { token }),
    makeCaptain: ({ token }: Person, { id }: Team, to: Pick<Person, 'id'>) =>
      post(url, `/api/teams/${id}/captain`, { token, body: { userId: to.id } }),
    /** Leaves, or removes somebody else. */
    end: ({ token }: Person, { id }: Team, whose: Pick<Person, 'id'>, options?: CallOptions) =>
      del(url, `/api/teams/${id}/members/${whose.id}`, { token, ...options }),
    withdraw: ({ token }: Person, { id }: Team) => post(url, `/api/teams/${id}/withdraw`, { token }),
    answer: ({ token }: Person, { id }: Team, answers: object, questionsVersion: number, options?: CallOptions) =>
      call('PUT', url, `/api/teams/${id}/answers`, { token, body: { answers, questionsVersion }, ...options }),
    register: ({ id, captain }: TestTeam, competition: Competition, body: object = {}, options?: CallOptions) =>
      post(url, `/api/competitions/${competition.id}/register`, {
        token: captain.token,
        body: { teamId: id, ...body },
        ...options,
      }),
  };
}
