import type { OrganizerPage, OrganizerProfile } from '@mini-compete/shared/organizers';
import type { Sitemap } from '@mini-compete/shared/sitemap';
import type { Call } from './client';
import { query } from './query';

export const getOrganizer = (call: Call, id: string, filter: { cursor?: string; limit?: number }) =>
  call<OrganizerPage>(`/organizers/${encodeURIComponent(id)}${query(filter)}`);

export const getOrganizerProfile = (call: Call) => call<OrganizerProfile>('/organizers/me');

export const saveOrganizerProfile = (call: Call, profile: OrganizerProfile) =>
  call<OrganizerProfile>('/organizers/me', { method: 'PUT', body: profile });

export const getSitemap = (call: Call) => call<Sitemap>('/sitemap');
