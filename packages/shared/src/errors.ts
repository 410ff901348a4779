import { z } from 'zod';
import { ACTIVE } from './registration-status.js';

/** Status and title by error code. The API sends the title, and the web app shows it. */
export const ERRORS = {
  VALIDATION_FAILED: { status: 400, title: 'Some of what was sent is not valid.' },
  MALFORMED_REQUEST: { status: 400, title: 'The request could not be read.' },
  IDEMPOTENCY_KEY_INVALID: { status: 400, title: 'The Idempotency-Key has to be 1 to 255 visible characters.' },
  RESET_TOKEN_INVALID: { status: 400, title: 'This link has been used or has expired. Ask for a new one.' },
  LEAVE_TOKEN_INVALID: { status: 400, title: 'This link is not valid. Sign in to leave instead.' },
  UNAUTHENTICATED: { status: 401, title: 'Please sign in.' },
  CREDENTIALS_INVALID: { status: 401, title: 'E-mail and password do not match.' },
  SESSION_ENDED: { status: 401, title: 'Your session has ended. Please sign in again.' },
  FORBIDDEN: { status: 403, title: 'Your account may not do this.' },
  ACCOUNT_DISABLED: { status: 403, title: 'This account has been disabled.' },
  CROSS_SITE_REQUEST: { status: 403, title: 'This request came from another site and was refused.' },
  WRONG_PASSWORD: { status: 403, title: 'The present password is not right.' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this address.' },
  COMPETITION_NOT_FOUND: { status: 404, title: 'This competition does not exist.' },
  REGISTRATION_NOT_FOUND: { status: 404, title: 'This registration does not exist.' },
  NOT_REGISTERED: { status: 404, title: 'You are not registered for this competition.' },
  MESSAGE_NOT_FOUND: { status: 404, title: 'This message does not exist.' },
  SESSION_NOT_FOUND: { status: 404, title: 'This session does not exist.' },
  JOB_NOT_FOUND: { status: 404, title: 'This job does not exist.' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method.' },
  NOT_ACCEPTABLE: { status: 406, title: 'This address cannot answer in that format.' },
  EMAIL_TAKEN: { status: 409, title: 'There is an account with this e-mail already.' },
  ALREADY_REGISTERED: { status: 409, title: 'You are registered already.' },
  REGISTRATION_NOT_OPEN: { status: 409, title: 'Registration has not opened yet.' },
  REGISTRATION_CLOSED: { status: 409, title: 'Registration is closed.' },
  COMPETITION_FULL: { status: 409, title: 'All seats are taken.' },
  COMPETITION_CANCELLED: { status: 409, title: 'This competition has been cancelled.' },
  CAPACITY_BELOW_SEATED: { status: 409, title: 'More people have a seat than that. Remove some first.' },
  HAS_REGISTRATIONS: { status: 409, title: 'People are registered. Cancel the competition instead.' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The same request is still being worked on. Repeat it in a moment.' },
  JOB_SETTLED: { status: 409, title: 'This job has been settled already.' },
  VERSION_STALE: { status: 412, title: 'Somebody has changed this in the meantime.' },
  BODY_TOO_LARGE: { status: 413, title: 'The request is too large.' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The body has to be JSON.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This Idempotency-Key has been used for something else.' },
  VERSION_REQUIRED: { status: 428, title: 'Say which version you are changing (If-Match).' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many attempts. Wait a moment and try again.' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The request headers are too large.' },
  INTERNAL: { status: 500, title: 'Something failed on our side. It has been written down.' },
  BUSY: { status: 503, title: 'It takes longer than it should. Repeat in a moment; nothing is lost.' },
  UNAVAILABLE: { status: 503, title: 'The service is not ready. Repeat in a moment.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** `path` is the path of the field, with dots. */
export const FieldError = z.object({ path: z.string(), message: z.string() }).meta({ id: 'FieldError' });
export type FieldError = z.infer<typeof FieldError>;

/** `application/problem+json`. Some codes add members of their own (ALREADY_REGISTERED, VERSION_STALE). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(FieldError).optional(),
    /** ALREADY_REGISTERED: the active registration of the caller. */
    registrationId: z.uuid().optional(),
    registrationStatus: z.enum(ACTIVE).optional(),
    /** VERSION_STALE: the current version of the competition. */
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** The body of an error response. `detail` defaults to the title of the code. */
export function problemFor(code: ErrorCode, requestId: string, detail: string = ERRORS[code].title): Problem {
  const { status, title } = ERRORS[code];
  const type = `urn:mini-compete:error:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status, code, detail, requestId };
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
