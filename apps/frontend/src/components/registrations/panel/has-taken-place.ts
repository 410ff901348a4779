import type { Competition } from '@mini-compete/shared/competitions';

/** Without a date, nobody knows. */
export const hasTakenPlace = ({ startDate, endDate }: Competition, now: number): boolean =>
  Date.parse(endDate ?? startDate ?? '') <= now;
