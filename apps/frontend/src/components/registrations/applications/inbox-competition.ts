import type { Competition } from '@mini-compete/shared/competitions';

/** What the parts of the inbox need to know of the competition. */
export type InboxCompetition = Pick<Competition, 'id' | 'title' | 'confirmWithinHours'> & {
  isCanceled: boolean;
  asksQuestions: boolean;
};

/** The field for the note, which a shortcut leads to. */
export const NOTE_ID = 'review-note';
