import type {
  AuditPage,
  FailedJobPage,
  FailedJobsQuery,
  JobsOverview,
  UnknownMessagePage,
} from '@mini-compete/shared/admin';
import type { Call } from './client';
import { query } from './query';

export const getJobs = (call: Call) => call<JobsOverview>('/admin/jobs');

export const listFailedJobs = (call: Call, filter: Partial<FailedJobsQuery>) =>
  call<FailedJobPage>(`/admin/jobs/failed${query(filter)}`);

export const listUnknownMessages = (call: Call, filter: { cursor?: string; limit?: number }) =>
  call<UnknownMessagePage>(`/admin/jobs/unknown${query(filter)}`);

export const listAudit = (call: Call, filter: { cursor?: string; limit?: number }) =>
  call<AuditPage>(`/admin/jobs/audit${query(filter)}`);

export type Settling = 'replay' | 'discard';

export const settleFailedJob = (call: Call, id: string, act: Settling) =>
  call<unknown>(`/admin/jobs/failed/${id}/${act}`, { method: 'POST' });

/** All open ones, of one queue or of all. */
export const settleFailedJobs = (call: Call, act: Settling, queue: string | null) =>
  call<{ settled: number }>(`/admin/jobs/failed/${act}`, { method: 'POST', body: queue === null ? {} : { queue } });

export const settleUnknown = (call: Call, id: string, as: 'sent' | 'resend') =>
  call<unknown>(`/admin/jobs/unknown/${id}`, { method: 'POST', body: { as } });
