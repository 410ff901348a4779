import type {
  Announcement,
  AnnouncementChanged,
  AnnouncementPage,
  AnnouncementPreview,
  CreateAnnouncement,
  PublishedAnnouncements,
  RecipientPage,
  Subscription,
  TestSent,
  UpdateAnnouncement,
} from '@mini-compete/shared/announcements';
import type { Language } from '@mini-compete/shared/languages';
import type { PendingAct } from '@mini-compete/shared/pending-acts';
import type { Call } from './client';
import { query } from './query';

const path = (competitionId: string, rest = '') =>
  `/competitions/${encodeURIComponent(competitionId)}/announcements${rest}` as const;
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

export const listAnnouncements = (call: Call, competitionId: string, page: { cursor?: string; limit: number }) =>
  call<AnnouncementPage>(`${path(competitionId)}${query(page)}`);

export const getAnnouncement = (call: Call, competitionId: string, id: string) =>
  call<Announcement>(path(competitionId, `/${encodeURIComponent(id)}`));

export const createAnnouncement = (call: Call, competitionId: string, body: CreateAnnouncement, key: string) =>
  call<AnnouncementChanged>(path(competitionId), { method: 'POST', body, ...withKey(key) });

/** Fails with VERSION_STALE if the draft has changed since `version`. */
export const updateAnnouncement = (
  call: Call,
  competitionId: string,
  { id, version }: { id: string; version: number },
  body: UpdateAnnouncement,
  key: string,
) =>
  call<AnnouncementChanged>(path(competitionId, `/${id}`), {
    method: 'PATCH',
    body,
    headers: { 'if-match': `"${version}"`, 'idempotency-key': key },
  });

export const deleteAnnouncement = (call: Call, competitionId: string, id: string, key: string) =>
  call<unknown>(path(competitionId, `/${id}`), { method: 'DELETE', ...withKey(key) });

export const testAnnouncement = (call: Call, competitionId: string, id: string, key: string) =>
  call<TestSent>(path(competitionId, `/${id}/test`), { method: 'POST', ...withKey(key) });

export const previewAnnouncement = (call: Call, competitionId: string, id: string) =>
  call<AnnouncementPreview>(path(competitionId, `/${id}/preview`), { method: 'POST' });

export const sendAnnouncement = (call: Call, competitionId: string, id: string, previewId: string, key: string) =>
  call<PendingAct>(path(competitionId, `/${id}/send`), { method: 'POST', body: { previewId }, ...withKey(key) });

export const stopAnnouncement = (call: Call, competitionId: string, id: string, key: string) =>
  call<AnnouncementChanged>(path(competitionId, `/${id}/stop`), { method: 'POST', ...withKey(key) });

export const listRecipients = (
  call: Call,
  competitionId: string,
  id: string,
  filter: { delivery?: string; cursor?: string; limit: number },
) => call<RecipientPage>(`${path(competitionId, `/${id}/recipients`)}${query(filter)}`);

export const listPublished = (call: Call, competitionId: string, reader: { language: Language; zone: string }) =>
  call<PublishedAnnouncements>(`${path(competitionId, '/published')}${query(reader)}`);

export const getSubscription = (call: Call, token: string) => call<Subscription>(`/subscriptions${query({ token })}`);

export const unsubscribe = (call: Call, token: string) =>
  call<Subscription>(`/subscriptions/unsubscribe${query({ token })}`, { method: 'POST' });

export const subscribe = (call: Call, token: string) =>
  call<Subscription>(`/subscriptions/subscribe${query({ token })}`, { method: 'POST' });
