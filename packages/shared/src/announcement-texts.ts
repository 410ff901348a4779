// Without Zod: pages import this file, and would have to load Zod as well.
import { ACTIVE } from './registration-status.js';

export const SUBJECT_MAX = 150;
export const BODY_MAX = 10_000;

/** What an announcement may say differently to each recipient, as `{{name}}`. */
export const PLACEHOLDERS = ['name', 'competition', 'start', 'ticketLink', 'leaveLink'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
/** An address of 200 characters is no part of a subject. */
export const SUBJECT_PLACEHOLDERS = ['name', 'competition', 'start'] as const satisfies readonly Placeholder[];

export const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((known) => known === name);

/** What begins like a placeholder and is none, such as `{{first name}}` or `{{name}`. */
export const unknownPlaceholders = (text: string, known: readonly Placeholder[]): string[] =>
  text
    .split('{{')
    .slice(1)
    .filter((rest) => !known.some((name) => rest.startsWith(`${name}}}`)));

/** Teams that an audience can name. */
export const AUDIENCE_TEAMS_MAX = 100;

/** Statuses of the registration, and how it has ended. Nobody whose account was erased. */
export const AUDIENCE_STATUSES = [
  ...ACTIVE,
  'LEFT',
  'REMOVED',
  'REJECTED',
  'EXPIRED',
  'TEAM_TOO_SMALL',
  'NO_SHOW',
  'COMPETITION_CANCELLED',
] as const;
export type AudienceStatus = (typeof AUDIENCE_STATUSES)[number];
