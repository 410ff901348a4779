import type { CompetitionStats, MyCompetitionPage } from '@mini-compete/shared/competitions';
import type { EntrantPage, EntrantsQuery } from '@mini-compete/shared/registrations';
import { publicApiOrigin } from '@/lib/config';
import type { Call } from './client';
import { query } from './query';

export const listOwnCompetitions = (call: Call, filter: { cursor?: string; limit?: number }) =>
  call<MyCompetitionPage>(`/competitions/my-competitions${query(filter)}`);

export const listEntrants = (call: Call, id: string, filter: Partial<EntrantsQuery>) =>
  call<EntrantPage>(`/competitions/${encodeURIComponent(id)}/registrations${query(filter)}`);

/** The whole list as a file, for a link. */
export const exportAddress = (id: string): string =>
  `${publicApiOrigin}/api/competitions/${encodeURIComponent(id)}/registrations${query({ status: 'all', format: 'csv' })}`;

export const getStats = (call: Call, id: string) =>
  call<CompetitionStats>(`/competitions/${encodeURIComponent(id)}/stats`);

/** The reason is told to the person. */
export const removeEntrant = (call: Call, id: string, registrationId: string, reason: string) =>
  call<unknown>(`/competitions/${id}/registrations/${registrationId}`, { method: 'DELETE', body: { reason } });
