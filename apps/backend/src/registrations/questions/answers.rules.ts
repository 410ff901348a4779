import type { AnswerValues, StoredQuestion } from '@mini-compete/shared/answers';

/** The form does not show them, so they are not among the answers that it sends. They are kept. */
export function toDeleted(questions: readonly StoredQuestion[], answers: AnswerValues): AnswerValues {
  const asked = new Set(questions.filter(({ deleted }) => !deleted).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !asked.has(id)));
}

export function changedQuestions(questions: readonly StoredQuestion[], before: AnswerValues, after: AnswerValues) {
  const [old, given] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return questions.filter(
    ({ id, deleted }) => !deleted && JSON.stringify(old.get(id)) !== JSON.stringify(given.get(id)),
  );
}
