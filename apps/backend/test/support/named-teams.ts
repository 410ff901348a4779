import { randomUUID } from 'node:crypto';
import { newCode } from '../../src/registrations/teams/team-code.js';
import { nameKeyOf } from '../../src/registrations/teams/team-name.js';
import type { CompetitionRow, Person } from './factories.js';
import { rows } from './queries.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** A team of people whom the test has made, where their names matter. */
export interface NamedTeam {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly competitionId: string;
  readonly captain: Person;
}

/** The first person is the captain; the others have joined in this order. */
export async function aTeam(
  { id: competitionId }: Competition,
  members: readonly Person[],
  { name = `Team ${randomUUID().slice(0, 8)}` } = {},
): Promise<NamedTeam> {
  const [captain] = members as [Person];
  const [team] = await rows<{ id: string; code: string }>(
    `INSERT INTO teams (competition_id, name, name_key, code, captain_id) VALUES ($1, $2, $3, $4, $5)
     RETURNING id, code`,
    [competitionId, name, nameKeyOf(name), newCode(), captain.id],
  );
  await rows(
    `INSERT INTO team_members (team_id, competition_id, user_id, joined_at)
     SELECT $1, $2, id, now() - interval '1 hour' + n * interval '1 second'
     FROM unnest($3::uuid[]) WITH ORDINALITY AS member (id, n)`,
    [team?.id, competitionId, members.map(({ id }) => id)],
  );
  return { ...(team as { id: string; code: string }), name, competitionId, captain };
}

const REGISTERED = ['PENDING', 'WAITLISTED', 'APPLIED'];

interface RegisterOptions {
  readonly join?: boolean;
  /** What the team answers to the current questions. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** As the admission queue does. Returns the id of the registration; throws the code of a refusal. */
export async function registerTeam(
  { id, competitionId, captain }: NamedTeam,
  { join = false, answers }: RegisterOptions = {},
): Promise<string> {
  const given = answers === undefined ? null : JSON.stringify({ answers, consents: {} });
  const [registered] = await rows<{ verdict: string; body: string | null }>(
    `SELECT verdict, body FROM register_v2(
       ARRAY[$1::uuid], ARRAY[$2::uuid], ARRAY[$3::uuid], ARRAY[NULL::text], ARRAY[NULL::bytea], ARRAY[$4::boolean],
       ARRAY[0::float8], ARRAY[0::float8], NULL, ARRAY[$5::uuid],
       ARRAY[(SELECT questions_version FROM competitions WHERE id = $1::uuid AND $6::jsonb IS NOT NULL)], ARRAY[$6::jsonb],
       NULL, true, 2900)`,
    [competitionId, captain.id, captain.sessionId, join, id, given],
  );
  await rows('NOTIFY outbox');
  const { verdict, body } = registered as { verdict: string; body: string };
  if (!REGISTERED.includes(verdict)) throw new Error(verdict);
  return JSON.parse(body).registrationId;
}

/** What a member has answered to the current questions. */
export async function answerAsMember({ id }: NamedTeam, person: Person, answers: Readonly<Record<string, unknown>>) {
  await rows(
    `INSERT INTO team_member_answers (member_id, questions_version, answers)
     SELECT m.id, c.questions_version, $3
     FROM team_members m JOIN competitions c ON c.id = m.competition_id
     WHERE m.team_id = $1 AND m.user_id = $2 AND m.left_at IS NULL
     ON CONFLICT (member_id) DO UPDATE
       SET questions_version = excluded.questions_version, answers = excluded.answers`,
    [id, person.id, JSON.stringify(answers)],
  );
}

/** Joins by the SQL function, under the locks that the API takes. Returns the result. */
export async function joinTeam({ id, competitionId }: NamedTeam, person: Person): Promise<string> {
  const [joined] = await rows<{ result: string }>(
    `WITH locked AS MATERIALIZED (SELECT FROM competitions WHERE id = $3 FOR NO KEY UPDATE),
          team AS MATERIALIZED (SELECT FROM teams, (SELECT count(*) FROM locked) held WHERE id = $1 FOR NO KEY UPDATE OF teams)
     SELECT join_team_v2($1, $2, 0, NULL, NULL, false) AS result FROM (SELECT count(*) FROM team) held`,
    [id, person.id, competitionId],
  );
  await rows('NOTIFY outbox');
  return joined?.result ?? '';
}

/** Ends a membership by the SQL function, under the lock of the competition. */
export async function endMembership(
  { id, competitionId, captain }: NamedTeam,
  person: Person,
  how: 'LEFT' | 'REMOVED' | 'ERASED',
): Promise<void> {
  await rows(
    `WITH locked AS MATERIALIZED (SELECT FROM competitions WHERE id = $3 FOR NO KEY UPDATE)
     SELECT leave_team_v1(m.id, $4, $5) FROM team_members m, (SELECT count(*) FROM locked) held
     WHERE m.team_id = $1 AND m.user_id = $2 AND m.left_at IS NULL`,
    [id, person.id, competitionId, how, captain.id],
  );
  await rows('NOTIFY outbox');
}

export const leaveTeam = (team: NamedTeam, person: Person): Promise<void> => endMembership(team, person, 'LEFT');
