import { type Purpose, signId, verifySignedId } from './signed-id.js';

/** One person in one competition, for the links in messages. */
export interface Participation {
  readonly registrationId: string;
  /** Of the registration of a team: the account of the member. Null: the person whose registration it is. */
  readonly userId: string | null;
}

export const signParticipation = (
  jwtSecret: string,
  purpose: Purpose,
  { registrationId, userId }: Participation,
): string => signId(jwtSecret, purpose, userId === null ? registrationId : `${registrationId}.${userId}`);

/** Null for an invalid token. */
export function verifyParticipation(jwtSecret: string, purpose: Purpose, token: string): Participation | null {
  const [registrationId, userId = null] = verifySignedId(jwtSecret, purpose, token)?.split('.') ?? [];
  return registrationId === undefined ? null : { registrationId, userId };
}
