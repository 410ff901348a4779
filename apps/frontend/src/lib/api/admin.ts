import type {
  AuditPage,
  FailedJobPage,
  FailedJobsQuery,
  JobsOverview,
  UnknownMessagePage,
} from '@mini-compete/shared/admin';
import type { InvariantReport } from '@mini-compete/shared/invariants';
import type { Call } from './client';
import { query } from './query';

export const getInvariants = (call: Call) => call<InvariantReport>('/admin/invariants');

export const getJobs = (call: Call) => call<JobsOverview>('/admin/jobs');

export const listFailedJobs = (call: Call, filter: Partial<FailedJobsQuery>) =>
  call<FailedJobPage>(`/admin/jobs/failed${query(filter)}`);

export const listUnknownMessages = (call: Call, filter: { cursor?: string; limit?: number }) =>
  call<UnknownMessagePage>(`/admin/jobs/unknown${query(filter)}`);

export const listAudit = (call: Call, filter: { cursor?: string; limit?: number }) =>
  call<AuditPage>(`/admin/jobs/audit${query(filter)}`);

export type FailedJobAction = 'replay' | 'discard';

export const resolveFailedJob = (call: Call, id: string, action: FailedJobAction) =>
  call<unknown>(`/admin/jobs/failed/${id}/${action}`, { method: 'POST' });

/** All open failed jobs of one queue, or of all queues if it is null. */
export const resolveFailedJobs = (call: Call, action: FailedJobAction, queue: string | null) =>
  call<{ settled: number }>(`/admin/jobs/failed/${action}`, { method: 'POST', body: queue === null ? {} : { queue } });

export const resolveUnknownMessage = (call: Call, id: string, as: 'sent' | 'resend') =>
  call<unknown>(`/admin/jobs/unknown/${id}`, { method: 'POST', body: { as } });
