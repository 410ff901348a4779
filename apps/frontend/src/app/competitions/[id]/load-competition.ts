import 'server-only';
import type { Competition } from '@mini-compete/shared/competitions';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';

/** Once per request for the page and its metadata. An unknown or invalid id renders the not-found page. */
export const loadCompetition = cache(async (id: string): Promise<Competition> => {
  try {
    return await getCompetition(serverCall, id);
  } catch (error) {
    if (isApiError(error, 'COMPETITION_NOT_FOUND', 'VALIDATION_FAILED', 'ROUTE_NOT_FOUND')) notFound();
    throw error;
  }
});
