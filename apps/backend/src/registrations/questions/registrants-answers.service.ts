import { offeredAnswers } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { AnswerCounts, RegistrationAnswers } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { askedOf } from '../../competitions/questions/questions.rules.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { ANSWERS_OF, type AnswersRow, answersOf } from './answers.sql.js';
import { listMemberAnswers } from './member-answers.sql.js';

const OF_REGISTRATION = `${ANSWERS_OF} WHERE r.competition_id = $1::uuid AND r.id = $2::uuid`;

/** Of people, of teams, and of their members. A row per option and, without a value, one per question. Several options of one person count once for the question. */
const COUNTS = `
SELECT e.key AS id, v.value, count(DISTINCT a.id)::int AS count
FROM (
  SELECT r.id, a.answers
  FROM registrations r JOIN registration_answers a ON a.registration_id = r.id
  WHERE r.competition_id = $1::uuid AND r.status ${IS_ACTIVE}
  UNION ALL
  SELECT m.id, a.answers
  FROM team_members m
  JOIN registrations r ON r.team_id = m.team_id AND r.status ${IS_ACTIVE}
  JOIN team_member_answers a ON a.member_id = m.id
  WHERE m.competition_id = $1::uuid AND m.left_at IS NULL
) a
CROSS JOIN LATERAL jsonb_each(a.answers) e
CROSS JOIN LATERAL (
  SELECT jsonb_array_elements_text(CASE jsonb_typeof(e.value) WHEN 'array' THEN e.value ELSE jsonb_build_array(e.value) END)
) v (value)
WHERE e.key = ANY ($2::text[])
GROUP BY GROUPING SETS ((e.key, v.value), (e.key))
ORDER BY 1, 2`;

interface CountRow {
  readonly id: string;
  /** Null: how many have answered the question. */
  readonly value: string | null;
  readonly count: number;
}

/** The answers of registrants, for the staff that may read them. */
@Injectable()
export class RegistrantsAnswers {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly questions: QuestionsRepository,
  ) {}

  async read(competitionId: string, registrationId: string): Promise<RegistrationAnswers> {
    const query = { name: 'answers_of', text: OF_REGISTRATION, values: [competitionId, registrationId] };
    const { rows } = await this.pool.query<AnswersRow>(query);
    if (rows[0] === undefined) throw new DomainError('REGISTRATION_NOT_FOUND');
    const members = await listMemberAnswers(this.pool, registrationId);
    if (members.length === 0) return answersOf(rows[0]);
    return { ...answersOf(rows[0], 'TEAM'), members };
  }

  async count(competitionId: string): Promise<AnswerCounts> {
    const { questions } = await this.questions.current(competitionId);
    const counted = askedOf(questions).filter((question) => offeredAnswers(question) !== null);
    if (counted.length === 0) return { questions: [] };
    const values = [competitionId, counted.map(({ id }) => id)];
    const { rows } = await this.pool.query<CountRow>({ name: 'answer_counts', text: COUNTS, values });
    return { questions: counted.map((question) => countsOf(question, rows)) };
  }
}

/** Options that nobody has chosen count 0. Those that are offered no more come last. */
function countsOf(question: Question, rows: readonly CountRow[]): AnswerCounts['questions'][number] {
  const own = rows.filter(({ id }) => id === question.id);
  const offered = offeredAnswers(question) ?? [];
  const others = own.flatMap(({ value }) => (value === null || offered.includes(value) ? [] : [value]));
  const countOf = (value: string | null) => own.find((row) => row.value === value)?.count ?? 0;
  return {
    id: question.id,
    answered: countOf(null),
    options: [...offered, ...others].map((value) => ({ value, count: countOf(value) })),
  };
}
