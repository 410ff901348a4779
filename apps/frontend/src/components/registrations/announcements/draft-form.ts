import type { Announcement, AnswerFilter, Audience, CreateAnnouncement } from '@mini-compete/shared/announcements';
import type { UseFormReturn } from 'react-hook-form';
import { type AudienceGroup, groupsOf, statusesOf } from './audience';

export type DraftValues = {
  subject: string;
  body: string;
  onPage: boolean;
  audience: AudienceValues;
};
/** Groups and answers count only for some people; they are kept while everyone is chosen. */
export type AudienceValues = { isEveryone: boolean; groups: AudienceGroup[]; answers: AnswerFilter[] };
export type DraftForm = UseFormReturn<DraftValues>;

const EMPTY: DraftValues = { subject: '', body: '', onPage: true, audience: audienceValuesOf({ everyone: true }) };

export function valuesOf(draft: Announcement | null): DraftValues {
  if (draft === null) return EMPTY;
  const { subject, body, onPage, audience } = draft;
  return { subject, body, onPage, audience: audienceValuesOf(audience) };
}

function audienceValuesOf(audience: Audience): AudienceValues {
  const answers = 'everyone' in audience ? [] : (audience.answers ?? []);
  return { isEveryone: 'everyone' in audience, groups: groupsOf(audience), answers };
}

/** For the schema of the API, which refuses an empty choice: it could mean everyone or nobody. */
export const inputOf = ({ audience: { isEveryone, groups, answers }, ...values }: DraftValues): CreateAnnouncement => ({
  ...values,
  audience: isEveryone ? { everyone: true } : { statuses: statusesOf(groups), ...(answers.length > 0 && { answers }) },
});
