import {
  AuditPage,
  FailedJobPage,
  JobsOverview,
  ScheduledRun,
  SettledJobs,
  UnknownMessagePage,
} from '@mini-compete/shared/admin';
import { z } from 'zod';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Administration';
const ScheduledRuns = z.object({ items: z.array(ScheduledRun) }).meta({ id: 'ScheduledRuns' });

export const CONSOLE: RouteDocs = {
  'GET /api/admin/jobs': {
    tag,
    summary: 'Read the state of the background jobs',
    description: 'Counts and ages of the outbox and of each queue, the last scheduled runs, and warnings as text.',
    responses: { 200: JobsOverview },
  },
  'GET /api/admin/jobs/runs': { tag, summary: 'List the last run of each schedule', responses: { 200: ScheduledRuns } },
  'GET /api/admin/jobs/failed': {
    tag,
    summary: 'List failed jobs with their errors',
    responses: { 200: FailedJobPage },
  },
  'POST /api/admin/jobs/failed/replay': {
    tag,
    summary: 'Replay all failed jobs that match',
    responses: { 200: SettledJobs },
  },
  'POST /api/admin/jobs/failed/discard': {
    tag,
    summary: 'Discard all failed jobs that match',
    responses: { 200: SettledJobs },
  },
  'POST /api/admin/jobs/failed/{id}/replay': {
    tag,
    summary: 'Replay a failed job',
    description: 'Idempotent: a second replay is refused, and nothing is sent twice.',
    responses: { 200: SettledJobs },
    errors: ['JOB_NOT_FOUND', 'JOB_SETTLED'],
  },
  'POST /api/admin/jobs/failed/{id}/discard': {
    tag,
    summary: 'Discard a failed job',
    responses: { 200: SettledJobs },
    errors: ['JOB_NOT_FOUND', 'JOB_SETTLED'],
  },
  'GET /api/admin/jobs/unknown': {
    tag,
    summary: 'List messages with unconfirmed delivery',
    responses: { 200: UnknownMessagePage },
  },
  'POST /api/admin/jobs/unknown/{id}': {
    tag,
    summary: 'Mark such a message as sent, or send it again',
    responses: { 200: SettledJobs },
    errors: ['MESSAGE_NOT_FOUND', 'JOB_SETTLED'],
  },
  'GET /api/admin/jobs/audit': { tag, summary: 'List audit entries', responses: { 200: AuditPage } },
};
