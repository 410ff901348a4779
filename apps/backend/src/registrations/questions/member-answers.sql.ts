import type { AnswerValues, StoredQuestion } from '@mini-compete/shared/answers';
import type { MemberAnswers, RegistrationAnswers } from '@mini-compete/shared/registrations';
import type pg from 'pg';
import { MEMBERS_OF_TEAM } from '../team-members/members.sql.js';
import { shownQuestions } from './answers.sql.js';

/** The answers of member `m`, with the questions as they are now. */
const ANSWERS = `
  coalesce(q.questions, '[]'::jsonb) AS questions, coalesce(a.answers, '{}'::jsonb) AS answers,
  coalesce(a.consents, '{}'::jsonb) AS consents`;
const JOIN_ANSWERS = `
  JOIN competitions c ON c.id = m.competition_id
  LEFT JOIN question_versions q ON q.competition_id = c.id AND q.version = c.questions_version
  LEFT JOIN team_member_answers a ON a.member_id = m.id`;

const OF_TEAM = `
  SELECT m.user_id AS "userId", m.name, ${ANSWERS}
  FROM registrations r
  JOIN teams t ON t.id = r.team_id
  CROSS JOIN LATERAL (SELECT m.*, u.name FROM ${MEMBERS_OF_TEAM}) m
  ${JOIN_ANSWERS}
  WHERE r.id = $1::uuid
  ORDER BY m.joined_at, m.id`;

const OF_MEMBER = `
  SELECT ${ANSWERS}, coalesce(a.questions_version, c.questions_version) AS "questionsVersion",
         iso_instant(a.updated_at) AS "updatedAt"
  FROM team_members m ${JOIN_ANSWERS}
  WHERE m.team_id = $1::uuid AND m.user_id = $2::uuid AND m.left_at IS NULL`;

interface Row {
  readonly questions: readonly StoredQuestion[];
  readonly answers: AnswerValues;
  readonly consents: Record<string, string>;
}

function answersOf<Answered extends Row>({ questions, answers, ...row }: Answered) {
  return {
    ...row,
    questions: shownQuestions(questions, answers, 'MEMBER'),
    answers: answers as MemberAnswers['answers'],
  };
}

/** Of the team whose registration it is, longest-serving member first; none for a person. */
export async function listMemberAnswers(
  pool: pg.Pool,
  registrationId: string,
): Promise<NonNullable<RegistrationAnswers['members']>> {
  const query = { name: 'answers_of_members', text: OF_TEAM, values: [registrationId] };
  const { rows } = await pool.query<Row & { userId: string; name: string }>(query);
  return rows.map(answersOf);
}

/** Null for somebody who is not a member. */
export async function findMemberAnswers(pool: pg.Pool, teamId: string, userId: string): Promise<MemberAnswers | null> {
  const query = { name: 'answers_of_member', text: OF_MEMBER, values: [teamId, userId] };
  const { rows } = await pool.query<Row & Pick<MemberAnswers, 'questionsVersion' | 'updatedAt'>>(query);
  return rows[0] === undefined ? null : answersOf(rows[0]);
}
