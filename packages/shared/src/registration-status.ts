// Without Zod: the competition page imports this file, and would have to load Zod as well.

/** Statuses of a registration that holds a seat. CONFIRMED once the person has got the message about it. */
export const SEATED = ['PENDING', 'CONFIRMED'] as const;
export const WAITLISTED = ['WAITLISTED'] as const;
export const ACTIVE = [...SEATED, ...WAITLISTED] as const;
export const ENDED = ['CANCELLED'] as const;

/** Not the opposite of waitlisted: a registration may have ended. */
export const isSeated = (status: string | undefined): boolean => SEATED.some((seated) => seated === status);
