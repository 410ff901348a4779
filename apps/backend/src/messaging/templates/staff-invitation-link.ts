import { signId, verifySignedId } from './signed-id.js';

const PURPOSE = 'mini-compete staff invitation v1';

/** The invitation of a token, or null for an invalid token. */
export const verifyStaffInvitationToken = (jwtSecret: string, token: string): string | null =>
  verifySignedId(jwtSecret, PURPOSE, token);

/** Not a secret: only the account with the invited address can accept, so messages and pages of the staff may show it. */
export const staffInvitationPath = (jwtSecret: string, invitationId: string): string =>
  `/staff-invitation?token=${signId(jwtSecret, PURPOSE, invitationId)}`;
