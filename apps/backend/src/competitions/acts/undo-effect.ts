import type { PendingActKind } from '@mini-compete/shared/pending-acts';
import type { PendingAct } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';

/** What undoing means for a kind of act, besides that its job does not run. A feature above contributes it in api.module. */
export interface UndoEffect {
  readonly kind: PendingActKind;
  /** In the audit log. */
  readonly action: string;
  /** Under the lock of the competition, and only while no worker has claimed the act. */
  undo(tx: Tx, act: Pick<PendingAct, 'competitionId' | 'params'>): Promise<void>;
}

export const UNDO_EFFECTS = Symbol('UNDO_EFFECTS');
