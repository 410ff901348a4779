import type { StoredQuestion } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';

/** The questions that are asked, with their members in the order of the contract: JSON in the database has another one. */
export const askedOf = (questions: readonly StoredQuestion[]): Question[] =>
  questions.filter(({ deleted }) => !deleted).map(inOrder);

/** All that were ever asked, for answers to questions that were deleted. */
export const everAskedOf = (questions: readonly StoredQuestion[]): Question[] => questions.map(inOrder);

function inOrder({ id, kind, label, help, answeredBy, required, options, min, max }: StoredQuestion): Question {
  return {
    id,
    kind,
    label,
    ...(help !== undefined && { help }),
    ...(answeredBy !== undefined && { answeredBy }),
    required,
    ...(options !== undefined && { options }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

/** For the audit log: the labels before and after, or that something else about the questions has changed. */
export function questionDifferences(before: readonly StoredQuestion[], after: readonly Question[] | undefined) {
  if (after === undefined) return {};
  const [from, to] = [askedOf(before).map(({ label }) => label), after.map(({ label }) => label)];
  return { questions: from.join('\n') === to.join('\n') ? 'changed' : { from, to } };
}
