import { z } from 'zod';
import type { RouteDocs } from '../openapi/route-doc.js';

const tag = 'Operations';

export const HEALTH: RouteDocs = {
  'GET /health/live': {
    tag,
    summary: 'Liveness: the process runs',
    responses: { 200: z.object({ status: z.literal('live') }).meta({ id: 'Live' }) },
  },
  'GET /health/ready': {
    tag,
    summary: 'Readiness: the database answers and is migrated',
    responses: { 200: z.object({ status: z.literal('ready') }).meta({ id: 'Ready' }) },
  },
  'GET /metrics': {
    tag,
    summary: 'Metrics for Prometheus',
    responses: { 200: { type: 'text/plain', description: 'Prometheus text format' } },
  },
};
