import { z } from 'zod';
import { OwnedCompetition } from './privacy.js';
import { Question } from './questions.js';
import { ACTIVE } from './registration-status.js';
import { INELIGIBLE_REASONS } from './team-rules.js';

/** The HTTP status by error code. The titles are in packages/messages (`problems.title`). */
export const ERRORS = {
  VALIDATION_FAILED: 400,
  MALFORMED_REQUEST: 400,
  IDEMPOTENCY_KEY_INVALID: 400,
  RESET_TOKEN_INVALID: 400,
  LEAVE_TOKEN_INVALID: 400,
  UNSUBSCRIBE_TOKEN_INVALID: 400,
  VERIFICATION_CODE_INVALID: 400,
  VERIFICATION_LINK_INVALID: 400,
  VERIFICATION_EXPIRED: 400,
  CSV_COLUMN_MISSING: 400,
  UNAUTHENTICATED: 401,
  CREDENTIALS_INVALID: 401,
  SESSION_ENDED: 401,
  FORBIDDEN: 403,
  ACCOUNT_DISABLED: 403,
  EMAIL_NOT_VERIFIED: 403,
  STAFF_INVITATION_FOR_OTHER: 403,
  INVITATION_FOR_OTHER: 403,
  CROSS_SITE_REQUEST: 403,
  WRONG_PASSWORD: 403,
  NOT_CAPTAIN: 403,
  ROUTE_NOT_FOUND: 404,
  COMPETITION_NOT_FOUND: 404,
  ORGANIZER_NOT_FOUND: 404,
  REGISTRATION_NOT_FOUND: 404,
  NOT_REGISTERED: 404,
  STAFF_NOT_FOUND: 404,
  STAFF_INVITATION_NOT_FOUND: 404,
  INVITATION_NOT_FOUND: 404,
  IMPORT_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  COVER_NOT_FOUND: 404,
  ACT_NOT_FOUND: 404,
  EXPORT_NOT_FOUND: 404,
  ANNOUNCEMENT_NOT_FOUND: 404,
  TEAM_NOT_FOUND: 404,
  NOT_A_MEMBER: 404,
  TICKET_NOT_FOUND: 404,
  CHECK_IN_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  EMAIL_TAKEN: 409,
  ALREADY_REGISTERED: 409,
  STAFF_CANNOT_REGISTER: 409,
  REGISTERED_HERE: 409,
  ALREADY_STAFF: 409,
  LAST_OWNER: 409,
  STAFF_LIMIT_REACHED: 409,
  STAFF_INVITATION_USED: 409,
  STAFF_INVITATION_WITHDRAWN: 409,
  STAFF_INVITATION_EXPIRED: 409,
  REGISTRATION_NOT_OPEN: 409,
  REGISTRATION_CLOSED: 409,
  QUESTIONS_CHANGED: 409,
  COMPETITION_FULL: 409,
  TEAM_REQUIRED: 409,
  NOT_FOR_TEAMS: 409,
  FOR_PERSONS: 409,
  TEAM_NAME_TAKEN: 409,
  ALREADY_IN_TEAM: 409,
  TEAM_FULL: 409,
  TEAM_TOO_SMALL: 409,
  TEAM_MEMBER_INELIGIBLE: 409,
  TEAMS_LOCKED: 409,
  HOLD_EXPIRED: 409,
  NOTHING_TO_CONFIRM: 409,
  ALREADY_DECIDED: 409,
  SEATS_AVAILABLE: 409,
  CAPACITY_TOO_SMALL: 409,
  ALREADY_INVITED: 409,
  INVITATION_USED: 409,
  INVITATION_WITHDRAWN: 409,
  INVITATION_EXPIRED: 409,
  COMPETITION_CANCELLED: 409,
  CAPACITY_BELOW_SEATED: 409,
  HAS_REGISTRATIONS: 409,
  OWNS_COMPETITIONS: 409,
  IDEMPOTENCY_IN_PROGRESS: 409,
  JOB_SETTLED: 409,
  TOO_LATE_TO_UNDO: 409,
  ANNOUNCEMENT_SENT: 409,
  ANNOUNCEMENT_NOT_SENDING: 409,
  PREVIEW_OUTDATED: 409,
  AUDIENCE_OUTDATED: 409,
  NO_RECIPIENTS: 409,
  DOOR_LIMIT_REACHED: 409,
  NOT_STARTED: 409,
  DOORS_NOT_SYNCED: 409,
  NOBODY_ABSENT: 409,
  VERSION_STALE: 412,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  PICTURE_UNREADABLE: 415,
  CSV_UNREADABLE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  VERSION_REQUIRED: 428,
  TOO_MANY_REQUESTS: 429,
  QUOTA_EXCEEDED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  BUSY: 503,
  UNAVAILABLE: 503,
  UPGRADE_IN_PROGRESS: 503,
} as const satisfies Record<string, number>;

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
    /** TEAM_MEMBER_INELIGIBLE: the member with whom the team cannot be registered, and why. */
    member: z.object({ userId: z.uuid(), name: z.string(), reason: z.enum(INELIGIBLE_REASONS) }).optional(),
    /** VERIFICATION_CODE_INVALID: how many more tries the code has. */
    triesLeft: z.int().optional(),
    /** CAPACITY_TOO_SMALL: how many seats can be reserved. */
    free: z.int().optional(),
    /** OWNS_COMPETITIONS: those that would have no owner. */
    competitions: z.array(OwnedCompetition).optional(),
    /** QUESTIONS_CHANGED: the present questions and their version. */
    questions: z.array(Question).optional(),
    questionsVersion: z.int().optional(),
    /** QUOTA_EXCEEDED: how much of the daily quota is left, and when it begins again. */
    quota: z.object({ limit: z.int(), left: z.int(), resetsAt: z.iso.datetime() }).optional(),
    /** VERSION_STALE: the current version of the competition. */
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
