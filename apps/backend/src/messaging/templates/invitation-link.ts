import { signId, verifySignedId } from './signed-id.js';

const PURPOSE = 'mini-compete invitation v1';

/** The invitation of a token, or null for an invalid token. */
export const verifyInvitationToken = (jwtSecret: string, token: string): string | null =>
  verifySignedId(jwtSecret, PURPOSE, token);

/** Not a secret: only the account with the invited address, verified, can accept. */
export const invitationToken = (jwtSecret: string, invitationId: string): string =>
  signId(jwtSecret, PURPOSE, invitationId);

export const invitationPath = (jwtSecret: string, invitationId: string): string =>
  `/invitation?token=${invitationToken(jwtSecret, invitationId)}`;
