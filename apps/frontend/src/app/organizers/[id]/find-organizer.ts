import 'server-only';
import type { OrganizerPage } from '@mini-compete/shared/organizers';
import { cache } from 'react';
import { getOrganizer } from '@/lib/api/organizers';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';

/** Null without a page, or for an invalid id. Once per request, for the page and its metadata. */
export const findOrganizer = cache(async (id: string, after: string): Promise<OrganizerPage | null> => {
  try {
    return await getOrganizer(serverCall, id, { limit: 24, ...(after && { cursor: after }) });
  } catch (error) {
    if (isApiError(error, 'ORGANIZER_NOT_FOUND', 'VALIDATION_FAILED', 'ROUTE_NOT_FOUND')) return null;
    throw error;
  }
});
