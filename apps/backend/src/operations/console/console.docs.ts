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
    summary: 'How the work stands',
    description: 'Counts and ages of the outbox and of each queue, last runs of the timetable, and warnings in words.',
    answers: { 200: JobsOverview },
  },
  'GET /api/admin/jobs/runs': { tag, summary: 'The last run of each schedule', answers: { 200: ScheduledRuns } },
  'GET /api/admin/jobs/failed': { tag, summary: 'What failed, and why', answers: { 200: FailedJobPage } },
  'POST /api/admin/jobs/failed/replay': {
    tag,
    summary: 'Replay all that failed and match',
    answers: { 200: SettledJobs },
  },
  'POST /api/admin/jobs/failed/discard': {
    tag,
    summary: 'Discard all that failed and match',
    answers: { 200: SettledJobs },
  },
  'POST /api/admin/jobs/failed/{id}/replay': {
    tag,
    summary: 'Replay one',
    description: 'Replaying twice sends once.',
    answers: { 200: SettledJobs },
    errors: ['JOB_NOT_FOUND', 'JOB_SETTLED'],
  },
  'POST /api/admin/jobs/failed/{id}/discard': {
    tag,
    summary: 'Discard one',
    answers: { 200: SettledJobs },
    errors: ['JOB_NOT_FOUND', 'JOB_SETTLED'],
  },
  'GET /api/admin/jobs/unknown': {
    tag,
    summary: 'Messages of which nobody knows whether they went out',
    answers: { 200: UnknownMessagePage },
  },
  'POST /api/admin/jobs/unknown/{id}': {
    tag,
    summary: 'Say what became of such a message',
    answers: { 200: SettledJobs },
    errors: ['MESSAGE_NOT_FOUND', 'JOB_SETTLED'],
  },
  'GET /api/admin/jobs/audit': { tag, summary: 'Who did what in the console', answers: { 200: AuditPage } },
};
