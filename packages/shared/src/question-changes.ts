// Without Zod: pages check answers with this file, and would have to load Zod as well.

import type { StoredQuestion } from './answers.js';
import { ANSWER_TEXT_MAX } from './question-limits.js';
import type { Question } from './questions.js';

/** Why answers that were given before may be invalid. */
export type InvalidatingChange =
  | 'newRequired'
  | 'nowRequired'
  | 'kind'
  | 'optionRemoved'
  | 'bounds'
  | 'consentText'
  | 'answeredBy';

/**
 * The first reason why valid answers to the old question may be invalid for the new one; null when each of them stays
 * valid. A new version of the questions begins only then. `before` is undefined for a new question.
 */
export function invalidatingChange(before: StoredQuestion | undefined, after: Question): InvalidatingChange | null {
  if ((before === undefined || before.deleted) && after.required) return 'newRequired';
  if (before === undefined) return null;
  if (before.kind !== after.kind) return 'kind';
  if ((before.answeredBy ?? 'TEAM') !== (after.answeredBy ?? 'TEAM')) return 'answeredBy';
  if (after.required && !before.required) return 'nowRequired';
  if (before.options?.some((option) => !after.options?.includes(option))) return 'optionRemoved';
  if (isTighter(before, after)) return 'bounds';
  if (after.kind === 'CONSENT' && (before.label !== after.label || (before.help ?? '') !== (after.help ?? '')))
    return 'consentText';
  return null;
}

/** Whether answers that were given may be invalid after the edit. Deleting and reordering keep them valid. */
export function mayInvalidateAnswers(before: readonly StoredQuestion[], after: readonly Question[]): boolean {
  const old = new Map(before.map((question) => [question.id, question]));
  return after.some((question) => invalidatingChange(old.get(question.id), question) !== null);
}

function isTighter(before: Question, after: Question): boolean {
  const [oldBounds, newBounds] = [boundsOf(before), boundsOf(after)];
  return newBounds.min > oldBounds.min || newBounds.max < oldBounds.max;
}

/** No bound is the widest one. Of one question both are numbers or both are days. */
function boundsOf({ kind, min, max, options = [] }: Question) {
  if (kind === 'DATE') return { min: min ?? '', max: max ?? '\uffff' };
  const widest =
    kind === 'SHORT_TEXT' || kind === 'LONG_TEXT'
      ? ANSWER_TEXT_MAX[kind]
      : kind === 'CHOICES'
        ? options.length
        : Number.POSITIVE_INFINITY;
  return { min: min ?? (kind === 'NUMBER' ? Number.NEGATIVE_INFINITY : 0), max: max ?? widest };
}

/** The questions to store: those that are deleted now or were before come last. */
export function withDeleted(before: readonly StoredQuestion[], after: readonly Question[]): StoredQuestion[] {
  const asked = new Set(after.map(({ id }) => id));
  const deleted = before
    .filter(({ id }) => !asked.has(id))
    .map((question) => ({ ...question, deleted: true as const }));
  return [...after, ...deleted.slice(0, DELETED_MAX)];
}

/** Of the oldest ones only the answers are kept. */
const DELETED_MAX = 100;
