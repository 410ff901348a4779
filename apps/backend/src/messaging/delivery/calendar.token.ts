import type { Tx } from '../../platform/database/prisma.service.js';

/**
 * The calendar entry of a competition, from the feature that knows competitions: given by the worker's module.
 * Null where there is no date.
 */
export const CALENDAR = Symbol('CALENDAR');

export interface Calendar {
  find(tx: Tx, competitionId: string): Promise<string | null>;
}
