import { z } from 'zod';
import { Id, Instant, singleLineText } from './common.js';

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

export const Signup = z
  .strictObject({ name: PersonName, email: Email, password: Password, role: SignupRole })
  .meta({ id: 'Signup' });
export type Signup = z.infer<typeof Signup>;

export const Login = z.strictObject({ email: Email, password: z.string().min(1).max(200) }).meta({ id: 'Login' });
export type Login = z.infer<typeof Login>;

export const User = z
  .object({ id: Id, name: z.string(), email: z.string(), role: Role, createdAt: Instant })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const SignedIn = z.object({ token: z.string(), user: User }).meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** A new password needs the current one. */
export const UpdateMe = z
  .strictObject({
    name: PersonName.optional(),
    password: Password.optional(),
    currentPassword: z.string().max(200).optional(),
  })
  .refine((me) => me.name !== undefined || me.password !== undefined, { message: 'nothing to change' })
  .refine((me) => me.password === undefined || me.currentPassword !== undefined, {
    path: ['currentPassword'],
    message: 'the present password is needed to set a new one',
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
