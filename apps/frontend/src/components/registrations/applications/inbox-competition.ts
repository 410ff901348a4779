import type { Competition } from '@mini-compete/shared/competitions';
import type { participantsOf } from '@/components/competitions/catalog/participants';

/** What the parts of the inbox need to know of the competition. */
export type InboxCompetition = Pick<Competition, 'id' | 'title' | 'confirmWithinHours'> & {
  isCanceled: boolean;
  asksQuestions: boolean;
  /** What applies, see `participantsOf`. */
  who: ReturnType<typeof participantsOf>;
};

/** The field for the note, which a shortcut leads to. */
export const NOTE_ID = 'review-note';
