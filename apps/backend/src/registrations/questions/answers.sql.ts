import { type AnswerValues, isAnsweredBy, type StoredQuestion } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { RegistrationAnswers } from '@mini-compete/shared/registrations';
import type { AnsweredBy } from '@mini-compete/shared/team-rules';
import { askedOf } from '../../competitions/questions/questions.rules.js';

/** The answers of registration `r`, with the questions as they are now: they have the same ids as those that were answered. */
export const ANSWERS_OF = `
SELECT r.id AS "registrationId", c.questions_version AS "currentVersion",
       coalesce(q.questions, '[]'::jsonb) AS questions,
       a.questions_version AS "questionsVersion", coalesce(a.answers, '{}'::jsonb) AS answers,
       coalesce(a.consents, '{}'::jsonb) AS consents, iso_instant(a.updated_at) AS "updatedAt"
FROM registrations r
JOIN competitions c ON c.id = r.competition_id
LEFT JOIN question_versions q ON q.competition_id = c.id AND q.version = c.questions_version
LEFT JOIN registration_answers a ON a.registration_id = r.id`;

export interface AnswersRow {
  readonly registrationId: string;
  readonly currentVersion: number;
  readonly questions: readonly StoredQuestion[];
  readonly questionsVersion: number | null;
  readonly answers: AnswerValues;
  readonly consents: Record<string, string>;
  readonly updatedAt: string | null;
}

/** Those that are asked now, and those that are deleted if they were answered. Of a team: what the given part answers. */
export function shownQuestions(
  questions: readonly StoredQuestion[],
  answers: AnswerValues,
  part?: AnsweredBy,
): Question[] {
  const shown = questions.filter(
    (question) => Object.hasOwn(answers, question.id) || (!question.deleted && isAnsweredBy(question, part)),
  );
  return askedOf(shown.map(({ deleted: _, ...question }) => question));
}

export function answersOf(
  { questions, currentVersion, questionsVersion, answers, ...row }: AnswersRow,
  part?: AnsweredBy,
): RegistrationAnswers {
  return {
    ...row,
    questions: shownQuestions(questions, answers, part),
    questionsVersion: questionsVersion ?? currentVersion,
    answers: answers as RegistrationAnswers['answers'],
  };
}
