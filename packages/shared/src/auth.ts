import { z } from 'zod';
import { Id, Instant, Language, singleLineText } from './common.js';
import { rule } from './validation-rules.js';

export const Role = z.enum(['PARTICIPANT', 'ORGANIZER', 'ADMIN']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** The roles open to sign-up, in any letter case. */
export const SignupRole = z
  .string()
  .meta({ examples: ['PARTICIPANT', 'ORGANIZER', 'participant', 'organizer'] })
  .transform((role) => role.toUpperCase())
  .pipe(z.enum(['PARTICIPANT', 'ORGANIZER']));

/** Stored and compared in lower case: addresses that differ in case only belong to the same account. */
export const Email = z.string().trim().max(254).toLowerCase().meta({ format: 'email' }).pipe(z.email());

export const PASSWORD_MIN = 8;
/** Bounded because hashing takes longer with each byte. */
export const Password = z.string().min(PASSWORD_MIN).max(200);
export const PersonName = singleLineText(100);

/** An IANA name. `Intl` knows old names and aliases too; offsets like +01:00, which some versions accept, know no summer. */
export const TimeZone = z
  .string()
  .max(64, { abort: true })
  .refine((zone) => /^[A-Za-z]/.test(zone) && isKnownToIntl(zone), rule('timeZone'));

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Without `language` the account gets that of the request: its cookie, or else `Accept-Language`. */
export const Signup = z
  .strictObject({
    name: PersonName,
    email: Email,
    password: Password,
    role: SignupRole,
    language: Language.optional(),
    timeZone: TimeZone.optional(),
  })
  .meta({ id: 'Signup' });
export type Signup = z.infer<typeof Signup>;

export const Login = z.strictObject({ email: Email, password: z.string().min(1).max(200) }).meta({ id: 'Login' });
export type Login = z.infer<typeof Login>;

/** `language` and `timeZone` are null until they have been chosen. Messages are written in them. */
export const User = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: Role,
    createdAt: Instant,
    language: Language.nullable(),
    timeZone: z.string().nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

/** `required`: registering and creating competitions are refused until the address is verified. */
export const VerificationNeed = z.enum(['required', 'offered', 'none']).meta({ id: 'VerificationNeed' });
export type VerificationNeed = z.infer<typeof VerificationNeed>;

/**
 * `unread`: messages in the mailbox, counted up to 100. `isStaff`: on the staff of any competition. `newEmail`: a change
 * of address that is not verified yet.
 */
export const Me = User.extend({
  unread: z.int(),
  isStaff: z.boolean(),
  emailVerified: z.boolean(),
  newEmail: z.string().nullable(),
  verification: VerificationNeed,
}).meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const SignedIn = z.object({ token: z.string(), user: User }).meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** A new password needs the current one. */
export const UpdateMe = z
  .strictObject({
    name: PersonName.optional(),
    password: Password.optional(),
    currentPassword: z.string().max(200).optional(),
    language: Language.optional(),
    timeZone: TimeZone.optional(),
  })
  .refine(
    (me) => [me.name, me.password, me.language, me.timeZone].some((change) => change !== undefined),
    rule('nothingToChange'),
  )
  .refine((me) => me.password === undefined || me.currentPassword !== undefined, {
    path: ['currentPassword'],
    ...rule('currentPassword'),
  })
  .meta({ id: 'UpdateMe' });
export type UpdateMe = z.infer<typeof UpdateMe>;

export const Session = z
  .object({
    id: Id,
    device: z.string(),
    address: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const Sessions = z.object({ items: z.array(Session) }).meta({ id: 'Sessions' });
export type Sessions = z.infer<typeof Sessions>;

export const ForgotPassword = z.strictObject({ email: Email }).meta({ id: 'ForgotPassword' });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

export const ResetPassword = z
  .strictObject({ token: z.string().min(1).max(200), password: Password })
  .meta({ id: 'ResetPassword' });
export type ResetPassword = z.infer<typeof ResetPassword>;
