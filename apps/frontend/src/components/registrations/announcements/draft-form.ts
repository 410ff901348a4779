import type { Announcement, CreateAnnouncement } from '@mini-compete/shared/announcements';
import type { UseFormReturn } from 'react-hook-form';
import { type AudienceGroup, groupsOf, statusesOf } from './audience';

export type DraftValues = {
  subject: string;
  body: string;
  onPage: boolean;
  audience: { isEveryone: boolean; groups: AudienceGroup[] };
};
export type DraftForm = UseFormReturn<DraftValues>;

const EMPTY: DraftValues = { subject: '', body: '', onPage: true, audience: { isEveryone: true, groups: [] } };

export function valuesOf(draft: Announcement | null): DraftValues {
  if (draft === null) return EMPTY;
  const { subject, body, onPage, audience } = draft;
  return { subject, body, onPage, audience: { isEveryone: 'everyone' in audience, groups: groupsOf(audience) } };
}

/** For the schema of the API, which refuses an empty choice: it could mean everyone or nobody. */
export const inputOf = ({ audience: { isEveryone, groups }, ...values }: DraftValues): CreateAnnouncement => ({
  ...values,
  audience: isEveryone ? { everyone: true } : { statuses: statusesOf(groups) },
});
