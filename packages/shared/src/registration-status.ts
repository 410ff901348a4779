// Without Zod: the competition page imports this file, and would have to load Zod as well.

/** The seat is theirs. CONFIRMED once the person has got the message about it. */
export const SEATED = ['PENDING', 'CONFIRMED'] as const;
/** Takes a seat until a given time, and becomes PENDING when the person confirms. */
export const HELD = ['HELD'] as const;
/** What takes seats. The database function `holds_seat` says the same. */
export const HOLDING = [...SEATED, ...HELD] as const;
export const WAITLISTED = ['WAITLISTED'] as const;
/** Neither a seat nor a place on the waitlist: the staff has not decided yet. */
export const APPLIED = ['APPLIED'] as const;
export const ACTIVE = [...HOLDING, ...WAITLISTED, ...APPLIED] as const;
/** Others decide what becomes of them, or time does: the event stream follows them. */
export const UNSETTLED = [...WAITLISTED, ...HELD, ...APPLIED] as const;
export const ENDED = ['CANCELLED'] as const;

export const isUnsettled = (status: string | undefined): boolean => UNSETTLED.some((one) => one === status);
/** Not the opposite of waitlisted: a registration may have ended. */
export const isSeated = (status: string | undefined): boolean => SEATED.some((seated) => seated === status);
/** Whether it takes a seat, also one that is not confirmed yet. */
export const isHolding = (status: string | undefined): boolean => HOLDING.some((holding) => holding === status);
