import type { AnswerValues, StoredQuestion } from '@mini-compete/shared/answers';
import type { RegistrationAnswers } from '@mini-compete/shared/registrations';
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

/** With the questions that are asked now, and those that are deleted if the person has answered them. */
export function answersOf({
  questions,
  currentVersion,
  questionsVersion,
  answers,
  ...row
}: AnswersRow): RegistrationAnswers {
  const shown = questions.filter(({ id, deleted }) => !deleted || Object.hasOwn(answers, id));
  return {
    ...row,
    questions: askedOf(shown.map(({ deleted: _, ...question }) => question)),
    questionsVersion: questionsVersion ?? currentVersion,
    answers: answers as RegistrationAnswers['answers'],
  };
}
