import type { AnswerFilter } from '@mini-compete/shared/announcements';
import { offeredAnswers } from '@mini-compete/shared/answers';
import type { Question, QuestionKind } from '@mini-compete/shared/questions';

/** A question to choose answers of. */
export interface AnswerChoice {
  readonly id: string;
  /** Null: the question is no longer asked, or people write their answer now. */
  readonly question: { readonly label: string; readonly kind: QuestionKind } | null;
  readonly answers: readonly { readonly value: string; readonly isChosen: boolean; readonly isOffered: boolean }[];
}

/**
 * Questions with answers to choose from. What was chosen `before` and is no longer offered comes last, and stays when it is
 * taken out: it would take the focus with it.
 */
export function answerChoices(
  questions: readonly Question[],
  filters: readonly AnswerFilter[],
  before = filters,
): readonly AnswerChoice[] {
  const choiceOf = (id: string, question: AnswerChoice['question'], offered: readonly string[]): AnswerChoice => {
    const chosen = answersIn(filters, id);
    const gone = answersIn(before, id).filter((value) => !offered.includes(value));
    const answers = [...offered, ...gone].map((value) => ({
      value,
      isChosen: chosen.includes(value),
      isOffered: offered.includes(value),
    }));
    return { id, question, answers };
  };
  const asked = questions.flatMap((question) => {
    const offered = offeredAnswers(question);
    return offered === null ? [] : [choiceOf(question.id, question, offered)];
  });
  const others = before.filter(({ question }) => !asked.some(({ id }) => id === question));
  return [...asked, ...others.map(({ question }) => choiceOf(question, null, []))];
}

const answersIn = (filters: readonly AnswerFilter[], id: string): readonly string[] =>
  filters.find(({ question }) => question === id)?.anyOf ?? [];

/** A question without a chosen answer filters nobody, so it is left out. */
export function toggleAnswer(filters: readonly AnswerFilter[], question: string, value: string): AnswerFilter[] {
  const current = filters.find((filter) => filter.question === question);
  if (current === undefined) return [...filters, { question, anyOf: [value] }];
  const anyOf = current.anyOf.includes(value)
    ? current.anyOf.filter((other) => other !== value)
    : [...current.anyOf, value];
  return filters.flatMap((filter) => {
    if (filter !== current) return [filter];
    return anyOf.length === 0 ? [] : [{ question, anyOf }];
  });
}
