import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs leaving and nothing else: the same secret, used for another purpose, gives another key. */
const PURPOSE = 'mini-compete leave link v1';
const TOKEN = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;

/** What the link in a message carries: this registration may be ended, without signing in. */
export function signLeaveToken(jwtSecret: string, registrationId: string): string {
  return `${registrationId}.${signature(jwtSecret, registrationId).toString('base64url')}`;
}

/** The registration that the token is about, or null when it is not one of ours. */
export function verifyLeaveToken(jwtSecret: string, token: string): string | null {
  const [, registrationId, given] = TOKEN.exec(token) ?? [];
  if (registrationId === undefined || given === undefined) return null;
  const bytes = Buffer.from(given, 'base64url');
  const expected = signature(jwtSecret, registrationId);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? registrationId : null;
}

export const leaveLink = (frontendUrl: string, jwtSecret: string, registrationId: string): string =>
  `${frontendUrl}/leave?token=${signLeaveToken(jwtSecret, registrationId)}`;

function signature(jwtSecret: string, registrationId: string): Buffer {
  const key = createHmac('sha256', jwtSecret).update(PURPOSE).digest();
  return createHmac('sha256', key).update(registrationId).digest();
}
