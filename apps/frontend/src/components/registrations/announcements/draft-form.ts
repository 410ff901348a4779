import type { Announcement, AnswerFilter, Audience, CreateAnnouncement } from '@mini-compete/shared/announcements';
import type { UseFormReturn } from 'react-hook-form';
import { type AudienceGroup, groupsOf, statusesOf } from './audience';

export type DraftValues = {
  subject: string;
  body: string;
  onPage: boolean;
  audience: AudienceValues;
};
/** Groups, answers, teams and check-in count only for some people; they are kept while everyone is chosen. */
export type AudienceValues = {
  isEveryone: boolean;
  groups: AudienceGroup[];
  answers: AnswerFilter[];
  /** Ids. Empty: whatever the team. */
  teams: string[];
  /** Null: whether they have come in or not. */
  checkedIn: boolean | null;
};
export type DraftForm = UseFormReturn<DraftValues>;

const EMPTY: DraftValues = { subject: '', body: '', onPage: true, audience: audienceValuesOf({ everyone: true }) };

export function valuesOf(draft: Announcement | null): DraftValues {
  if (draft === null) return EMPTY;
  const { subject, body, onPage, audience } = draft;
  return { subject, body, onPage, audience: audienceValuesOf(audience) };
}

function audienceValuesOf(audience: Audience): AudienceValues {
  const groups = groupsOf(audience);
  if ('everyone' in audience) return { isEveryone: true, groups, answers: [], teams: [], checkedIn: null };
  const { answers = [], teams = [], checkedIn = null } = audience;
  return { isEveryone: false, groups, answers, teams, checkedIn };
}

/** For the schema of the API, which refuses an empty choice: it could mean everyone or nobody. */
export const inputOf = ({ audience, ...values }: DraftValues): CreateAnnouncement => {
  const { isEveryone, groups, answers, teams, checkedIn } = audience;
  return {
    ...values,
    audience: isEveryone
      ? { everyone: true }
      : {
          statuses: statusesOf(groups),
          ...(answers.length > 0 && { answers }),
          ...(teams.length > 0 && { teams }),
          ...(checkedIn !== null && { checkedIn }),
        },
  };
};
