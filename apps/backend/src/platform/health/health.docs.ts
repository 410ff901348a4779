import { z } from 'zod';
import type { RouteDocs } from '../openapi/route-doc.js';

const tag = 'Operations';

const Ready = z
  .object({
    status: z.literal('ready'),
    version: z.string(),
    warnings: z
      .array(z.string())
      .optional()
      .describe('What weakens the guarantees, such as a missing synchronous standby. Absent when there is nothing.'),
  })
  .meta({ id: 'Ready' });

export const HEALTH: RouteDocs = {
  'GET /health/live': {
    tag,
    summary: 'Liveness: the process runs',
    responses: { 200: z.object({ status: z.literal('live') }).meta({ id: 'Live' }) },
  },
  'GET /health/ready': {
    tag,
    summary: 'Readiness: the database answers and is migrated',
    responses: { 200: Ready },
  },
  'GET /metrics': {
    tag,
    summary: 'Metrics for Prometheus',
    responses: { 200: { type: 'text/plain', description: 'Prometheus text format' } },
  },
};
