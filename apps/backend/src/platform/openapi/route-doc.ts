import type { ErrorCode } from '@mini-compete/shared/errors';
import type { z } from 'zod';

export const TAGS = {
  Accounts: 'Signing up, in and out; the profile and sessions of the signed-in person.',
  Competitions: 'Read, search and create competitions.',
  Registrations: 'Register for a seat, join the waitlist, leave.',
  Organizing: 'Edit and cancel own competitions; see and remove registered people.',
  Staff: 'Who helps with a competition: members, roles and invitations.',
  Announcements: 'Write to registrants, and unsubscribe.',
  Teams: 'People who take part together, as one registration.',
  'Check-in': 'Tickets, doors, and the day of a competition.',
  Mailbox: 'Messages that a person has received.',
  Administration: 'The job console, for admins.',
  Operations: 'Health and metrics, for operators.',
} as const;

/** The content of a response: JSON with a schema, text of another type, or nothing. */
export type Content = z.ZodType | { readonly type: string; readonly description: string } | null;

/** The documentation that cannot be derived from a handler's code, unlike its input, its guards and their errors. */
export interface RouteDoc {
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  /** Successful responses by status. Several contents when the `Accept` header selects one. */
  readonly responses: Readonly<Record<number, Content | readonly Content[]>>;
  /** Errors besides those that follow from guards and input. */
  readonly errors?: readonly ErrorCode[];
  /** The media types of a body that is a file. */
  readonly upload?: readonly string[];
  /** Accepts an Idempotency-Key. */
  readonly key?: true;
  /** Needs If-Match. */
  readonly ifMatch?: true;
  /** Authenticates by the refresh cookie. */
  readonly refreshCookie?: true;
  /** Sets or clears the session cookies. */
  readonly setsCookies?: true;
}

/** By `METHOD /path`. */
export type RouteDocs = Readonly<Record<string, RouteDoc>>;
