import type { JobName } from '../../registry/jobs.js';
import { HAS_APPLIED, IS_HELD, IS_WAITLISTED, oneOf } from '../../registry/registration-statuses.js';

/** The jobs that send people the status of their registration. */
export const STATUS_JOBS = ['confirmation', 'waiting', 'applied', 'held'] as const satisfies readonly JobName[];

/** Whether the message `m` says what the status of the registration `r` is. */
export const SAYS_STATUS = `
  CASE
    WHEN r.status ${IS_WAITLISTED} THEN m.kind IN ('WAITING', 'NOT_PROMOTED')
    WHEN r.status ${HAS_APPLIED} THEN m.kind = 'APPLIED'
    WHEN r.status ${IS_HELD} THEN m.kind = 'HELD'
    ELSE m.kind IN ('CONFIRMED', 'PROMOTED')
  END`;

/** Takes the ids away from a set that a job is about which will run, or which an admin has to decide on or has decided on. */
export const EXCEPT_PENDING = (id: 'registrationId' | 'memberId', jobs: readonly JobName[]): string => `
  EXCEPT SELECT (payload->>'${id}')::uuid FROM outbox WHERE settled_at IS NULL AND job ${oneOf(jobs)}
  EXCEPT SELECT (o.payload->>'${id}')::uuid FROM failed_jobs f JOIN outbox o ON o.id = f.outbox_id WHERE o.job ${oneOf(jobs)}`;
