import type {
  CancelledCompetition,
  Competition,
  CompetitionPage,
  CompetitionSort,
  CompetitionStats,
  CreateCompetitionInput,
  DescriptionPreview,
  MyCompetitionPage,
  StatusFilter,
  UpdateCompetition,
} from '@mini-compete/shared/competitions';
import type { HistoryPage, HistoryQuery } from '@mini-compete/shared/history';
import type { PendingActs, UndoneAct } from '@mini-compete/shared/pending-acts';
import type { Visibility } from '@mini-compete/shared/visibility';
import { publicApiOrigin } from '@/lib/config';
import type { Call } from './client';
import { query } from './query';
import { upload } from './upload';

export type CompetitionsFilter = {
  search?: string;
  tags?: readonly string[];
  status?: StatusFilter;
  sort?: CompetitionSort;
  cursor?: string;
  limit?: number;
};

export const listCompetitions = (call: Call, filter: CompetitionsFilter, signal?: AbortSignal) =>
  call<CompetitionPage>(`/competitions${query(filter)}`, signal ? { signal } : {});

export const getCompetition = (call: Call, id: string, signal?: AbortSignal) =>
  call<Competition>(`/competitions/${encodeURIComponent(id)}`, signal ? { signal } : {});

export const createCompetition = (call: Call, competition: CreateCompetitionInput, key: string) =>
  call<Competition>('/competitions', { method: 'POST', body: competition, headers: { 'idempotency-key': key } });

/** The description as the competition's page will show it. */
export const previewDescription = (call: Call, description: string, signal?: AbortSignal) =>
  call<DescriptionPreview>('/competitions/preview-description', {
    method: 'POST',
    body: { description },
    ...(signal && { signal }),
  });

/** Fails with VERSION_STALE if the competition has changed since `version`; the problem contains its current state. */
export const updateCompetition = (call: Call, id: string, version: number, changes: UpdateCompetition) =>
  call<Competition>(`/competitions/${id}`, { method: 'PATCH', body: changes, headers: { 'if-match': `"${version}"` } });

export const uploadCover = (id: string, picture: Blob, alt: string, onProgress: (share: number) => void) =>
  upload<Competition>(`/competitions/${id}/cover${query({ alt })}`, picture, onProgress);

export const describeCover = (call: Call, id: string, alt: string) =>
  call<Competition>(`/competitions/${id}/cover`, { method: 'PATCH', body: { alt } });

export const removeCover = (call: Call, id: string) =>
  call<Competition>(`/competitions/${id}/cover`, { method: 'DELETE' });

export const cancelCompetition = (call: Call, id: string, key: string) =>
  call<CancelledCompetition>(`/competitions/${id}/cancel`, { method: 'POST', headers: { 'idempotency-key': key } });

/** What was started on a competition and is not done, for its managers. */
export const getPendingActs = (call: Call, id: string, signal?: AbortSignal) =>
  call<PendingActs>(`/competitions/${encodeURIComponent(id)}/pending-acts`, signal ? { signal } : {});

export const undoAct = (call: Call, id: string, actId: string, key: string) =>
  call<UndoneAct>(`/competitions/${id}/pending-acts/${actId}/undo`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
  });

export const listHistory = (call: Call, id: string, filter: Partial<HistoryQuery>) =>
  call<HistoryPage>(`/competitions/${encodeURIComponent(id)}/history${query(filter)}`);

export const deleteCompetition = (call: Call, id: string) =>
  call<undefined>(`/competitions/${id}`, { method: 'DELETE' });

/** The competitions of the organizer. */
export const listMyCompetitions = (
  call: Call,
  filter: { cursor?: string; limit?: number; zone: string; visibility?: Visibility },
) => call<MyCompetitionPage>(`/competitions/my-competitions${query(filter)}`);

export const getStats = (call: Call, id: string, zone: string) =>
  call<CompetitionStats>(`/competitions/${encodeURIComponent(id)}/stats${query({ zone })}`);

/** URL of the date as an iCalendar file, for a download link. */
export const calendarFileUrl = (id: string): string =>
  `${publicApiOrigin}/api/competitions/${encodeURIComponent(id)}/calendar.ics`;
