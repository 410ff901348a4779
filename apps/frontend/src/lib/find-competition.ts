import 'server-only';
import type { Competition } from '@mini-compete/shared/competitions';
import { cache } from 'react';
import { getCompetition } from './api/competitions';
import { isApiError } from './api/problem';
import { serverCall } from './api/server';

/** Null for an unknown or invalid id. Once per request, for a page and its metadata. */
export const findCompetition = cache(async (id: string | null): Promise<Competition | null> => {
  if (id === null) return null;
  try {
    return await getCompetition(serverCall, id);
  } catch (error) {
    if (isApiError(error, 'COMPETITION_NOT_FOUND', 'VALIDATION_FAILED', 'ROUTE_NOT_FOUND')) return null;
    throw error;
  }
});
