import { z } from 'zod';
import { Email } from './auth.js';
import { rule } from './validation-rules.js';

export const CODE_LENGTH = 6;

/** Digits of Arabic and Persian keyboards, as 0 to 9. */
const toAsciiDigit = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 0xf);

/** As people type and paste it: with spaces, a hyphen, or the digits of their own keyboard. */
export const VerificationCode = z
  .string()
  .max(40)
  .meta({ examples: ['042917'] })
  .transform((code) => code.replace(/[\s\u200e\u200f-]/g, '').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, toAsciiDigit))
  .pipe(z.string().refine((code) => new RegExp(`^[0-9]{${CODE_LENGTH}}$`).test(code), rule('verificationCode')));

export const ConfirmVerification = z.strictObject({ code: VerificationCode }).meta({ id: 'ConfirmVerification' });
export type ConfirmVerification = z.infer<typeof ConfirmVerification>;

export const ConfirmVerificationLink = z
  .strictObject({ token: z.string().min(1).max(200) })
  .meta({ id: 'ConfirmVerificationLink' });
export type ConfirmVerificationLink = z.infer<typeof ConfirmVerificationLink>;

export const ChangeEmail = z
  .strictObject({ email: Email, currentPassword: z.string().min(1).max(200) })
  .meta({ id: 'ChangeEmail' });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

/** Where codes go: `terminal` in a trial without a mail server, `none` where nobody would see them. */
export const CodeDelivery = z.enum(['email', 'terminal', 'none']).meta({ id: 'CodeDelivery' });
export type CodeDelivery = z.infer<typeof CodeDelivery>;

/** The state of an account's address. `email` is the one to verify: with a pending change, the new one. */
export const Verification = z
  .object({
    email: z.string(),
    verified: z.boolean(),
    delivery: CodeDelivery,
    /** Whether a code that works was sent, or is about to be. */
    codeSent: z.boolean(),
    /** How long to wait before another code can be sent. */
    resendInSeconds: z.int(),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof Verification>;
