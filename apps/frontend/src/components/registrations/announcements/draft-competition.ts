import type { Announcement } from '@mini-compete/shared/announcements';
import type { Competition } from '@mini-compete/shared/competitions';
import type { Question } from '@mini-compete/shared/questions';

/** What the editor of a draft needs to know of its competition. */
export type DraftCompetition = {
  readonly id: string;
  readonly questions: readonly Question[];
  /** Null: for persons. */
  readonly teamMax: number | null;
  /** Those of the stored audience. */
  readonly teams: Announcement['teams'];
};

export const draftCompetition = (
  { id, questions = [], teamMax = null }: Pick<Competition, 'id' | 'questions' | 'teamMax'>,
  draft: Announcement | null,
): DraftCompetition => ({ id, questions, teamMax, teams: draft?.teams ?? [] });
