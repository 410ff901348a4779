import type { Audience } from '@mini-compete/shared/announcements';
import { offeredAnswers } from '@mini-compete/shared/answers';
import type { QuestionSet } from '../../competitions/questions/questions.repository.js';
import { askedOf } from '../../competitions/questions/questions.rules.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/**
 * The questions may have changed since the draft was saved. Sent anyway, it would reach only people who chose an option
 * before it was taken away, and not those who would choose it now under another name.
 */
export function ensureAnswersAreOffered(audience: Audience, { questions }: QuestionSet): void {
  if ('everyone' in audience || audience.answers === undefined) return;
  const offered = new Map(askedOf(questions).map((question) => [question.id, offeredAnswers(question) ?? []]));
  const isOffered = (question: string) => (answer: string) => offered.get(question)?.includes(answer) ?? false;
  if (!audience.answers.every(({ question, anyOf }) => anyOf.every(isOffered(question))))
    throw new DomainError('AUDIENCE_OUTDATED');
}
