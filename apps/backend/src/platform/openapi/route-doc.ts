import type { ErrorCode } from '@mini-compete/shared/errors';
import type { z } from 'zod';

export const TAGS = {
  Accounts: 'Signing up, in and out; the own profile and where one is signed in.',
  Competitions: 'What can be entered: read, search, create.',
  Registrations: 'Getting a seat, waiting for one, leaving.',
  Organizing: 'What its organizer does with a competition.',
  Mailbox: 'What a person has been told.',
  Administration: 'The job console.',
  Operations: 'For those who run it.',
} as const;

/** What an answer holds: JSON of a schema, text of another type, or nothing. */
export type Content = z.ZodType | { readonly type: string; readonly description: string } | null;

/** What a handler's code cannot say of itself. Its input, its guards and what follows from them are read from the code. */
export interface RouteDoc {
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  /** Answers that succeed, by status; several contents where `Accept` chooses. */
  readonly answers: Readonly<Record<number, Content | readonly Content[]>>;
  /** Refusals of its own, beside those that follow from its guards and input. */
  readonly errors?: readonly ErrorCode[];
  /** Takes an Idempotency-Key. */
  readonly key?: true;
  /** Needs If-Match. */
  readonly ifMatch?: true;
  /** Goes by the refresh cookie. */
  readonly refreshCookie?: true;
  /** Sets or clears the session's cookies. */
  readonly setsCookies?: true;
}

/** By `METHOD /path`. */
export type RouteDocs = Readonly<Record<string, RouteDoc>>;
