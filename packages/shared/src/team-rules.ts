// Without Zod: pages import this file, and would have to load Zod as well.

export const TEAM_SIZE_MAX = 20;
export const TEAM_NAME_MAX = 60;

/** PERSON: a team takes as many seats as it has members. TEAM: one. */
export const SEAT_UNITS = ['PERSON', 'TEAM'] as const;

/** Who answers a question of a competition for teams. */
export const ANSWERED_BY = ['TEAM', 'MEMBER'] as const;
export type AnsweredBy = (typeof ANSWERED_BY)[number];

/** Why a team cannot be registered with a member. */
export const INELIGIBLE_REASONS = ['DISABLED', 'STAFF', 'EMAIL_NOT_VERIFIED', 'ANSWERS_MISSING'] as const;

/** Without letters and digits that look alike. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const CODE_LENGTH = 10;

/** In two halves, easier to read out: `K7Q4M-9XWDE`. */
export const formatCode = (code: string): string => `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
