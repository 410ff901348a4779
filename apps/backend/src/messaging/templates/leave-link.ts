import { signId, verifySignedId } from './signed-id.js';

const PURPOSE = 'mini-compete leave link v1';

/** A token that lets its bearer end one registration without signing in. Links in messages carry it. */
export const signLeaveToken = (jwtSecret: string, registrationId: string): string =>
  signId(jwtSecret, PURPOSE, registrationId);

/** The registration of a token, or null for an invalid token. */
export const verifyLeaveToken = (jwtSecret: string, token: string): string | null =>
  verifySignedId(jwtSecret, PURPOSE, token);

export const leaveLink = (frontendUrl: string, jwtSecret: string, registrationId: string): string =>
  `${frontendUrl}/leave?token=${signLeaveToken(jwtSecret, registrationId)}`;
