import type { FieldValues } from '@/components/competitions/questions/answer-values';

/**
 * What was entered before registering, in this tab: it survives reloads and the way through sign-in. It belongs to the
 * person who entered it, and to the person who signs in next if nobody was signed in.
 */
type AnswersDraft = { userId: string | null; values: FieldValues };

const storageKey = (competitionId: string) => `mc.answers.${competitionId}`;

export function findDraft(competitionId: string, userId: string | null): FieldValues | null {
  try {
    const stored = sessionStorage.getItem(storageKey(competitionId));
    const draft = JSON.parse(stored ?? 'null') as AnswersDraft | null;
    if (draft && (draft.userId === null || draft.userId === userId)) return draft.values;
  } catch {
    // Storage is disabled, or the value is not ours: the form begins empty.
  }
  return null;
}

export function storeDraft(competitionId: string, draft: AnswersDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(storageKey(competitionId));
    else sessionStorage.setItem(storageKey(competitionId), JSON.stringify(draft));
  } catch {
    // Without storage only a reload loses what was entered.
  }
}
