import type { Tx } from '../database/prisma.service.js';

export interface AuditedAction {
  /** Absent when the system or the operator acts. */
  readonly actorId?: string;
  readonly action: string;
  readonly subjectId: string;
  readonly details?: object;
}

/** Writes an entry of the audit log, in the transaction of the change that it records. */
export async function writeAudit(tx: Tx, { details = {}, ...entry }: AuditedAction): Promise<void> {
  // Prisma takes plain JSON only: dates become ISO 8601.
  await tx.auditEntry.create({ data: { ...entry, details: JSON.parse(JSON.stringify(details)) } });
}
