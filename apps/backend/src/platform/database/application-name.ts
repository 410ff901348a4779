/** Increment it when servers of the previous release cannot read or respect what this release writes. */
export const GENERATION = 4;
export const PREFIX = 'mini-compete';

/** How a connection names itself in `pg_stat_activity`. Releases before generation 2 named no generation. */
export const applicationName = (part: string): string => `${PREFIX}/${GENERATION} ${part}`;
