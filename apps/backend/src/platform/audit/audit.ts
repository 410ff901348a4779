import type { Tx } from '../database/prisma.service.js';

export interface AuditedAction {
  /** Absent when the system or the operator acts. */
  readonly actorId?: string;
  readonly action: string;
  readonly subjectId: string;
  readonly details?: object;
}

/** Writes an entry of the audit log, in the transaction of the change that it records. */
export async function writeAudit(tx: Tx, { actorId, action, subjectId, details = {} }: AuditedAction): Promise<void> {
  // In SQL, for the time of the database: Prisma would write the time of this server.
  await tx.$executeRaw`
    INSERT INTO audit_entries (actor_id, action, subject_id, details)
    VALUES (${actorId ?? null}::uuid, ${action}, ${subjectId}::uuid, ${JSON.stringify(details)}::jsonb)`;
}
