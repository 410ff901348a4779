import type { Question } from '@mini-compete/shared/questions';
import { rows } from './queries.js';

const DEFAULTS = { kind: 'SHORT_TEXT', required: false } as const;

/** By default an optional short text whose label is its id. */
export const aQuestion = (id: string, fields: Partial<Question> = {}): Question => ({
  id,
  label: id,
  ...DEFAULTS,
  ...fields,
});

/** Asks them as the first version, without the API. */
export async function askQuestions({ id }: { readonly id: string }, questions: readonly Question[]): Promise<void> {
  await rows('INSERT INTO question_versions (competition_id, version, questions) VALUES ($1, 1, $2)', [
    id,
    JSON.stringify(questions),
  ]);
  await rows('UPDATE competitions SET questions_version = 1, requires_answers = $2 WHERE id = $1', [
    id,
    questions.some(({ required }) => required),
  ]);
}

export async function answersIn({ id }: { readonly id: string }) {
  return rows<{ version: number; answers: Record<string, unknown>; consents: Record<string, string> }>(
    `SELECT a.questions_version AS version, a.answers, a.consents
     FROM registration_answers a JOIN registrations r ON r.id = a.registration_id
     WHERE r.competition_id = $1 ORDER BY r.admission`,
    [id],
  );
}
