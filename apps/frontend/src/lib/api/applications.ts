import type {
  Application,
  ApplicationPage,
  ApplicationsQuery,
  BestApplications,
  DecideApplicationsInput,
  DecidedApplications,
} from '@mini-compete/shared/applications';
import type { Call } from './client';
import { query } from './query';

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}/applications` as const;

export const listApplications = (call: Call, competitionId: string, filter: Partial<ApplicationsQuery>) =>
  call<ApplicationPage>(`${path(competitionId)}${query(filter)}`);

/** Whom accepting the best would accept. Changes nothing. */
export const getBestApplications = (call: Call, competitionId: string, count: number, signal?: AbortSignal) =>
  call<BestApplications>(`${path(competitionId)}/best${query({ count })}`, signal ? { signal } : {});

/** Returns the application, which shows the reviews of others from then on. */
export const reviewApplication = (
  call: Call,
  competitionId: string,
  registrationId: string,
  review: { score: number; note: string | null },
  key: string,
) =>
  call<Application>(`${path(competitionId)}/${registrationId}/review`, {
    method: 'PUT',
    body: review,
    headers: { 'idempotency-key': key },
  });

/** In the given order, each for itself. */
export const decideApplications = (
  call: Call,
  competitionId: string,
  decisions: DecideApplicationsInput['decisions'],
  key: string,
) =>
  call<DecidedApplications>(`${path(competitionId)}/decide`, {
    method: 'POST',
    body: { decisions },
    headers: { 'idempotency-key': key },
  });
