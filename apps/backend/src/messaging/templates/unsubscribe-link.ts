import { type Participation, signParticipation, verifyParticipation } from './participation.js';

const PURPOSE = 'mini-compete unsubscribe link v1';

/**
 * A token that lets its bearer end and renew the announcements to one person about one competition: those of the
 * registration. It ends no registration, and the token of a leave link is not valid here.
 */
const signUnsubscribeToken = (jwtSecret: string, participation: Participation): string =>
  signParticipation(jwtSecret, PURPOSE, participation);

/** Null for an invalid token. */
export const verifyUnsubscribeToken = (jwtSecret: string, token: string): Participation | null =>
  verifyParticipation(jwtSecret, PURPOSE, token);

export interface UnsubscribeLinks {
  /** The page, which asks first: mail scanners open links. */
  readonly pageUrl: string;
  /** For the header `List-Unsubscribe`: a mail program sends a POST, without asking again (RFC 8058). */
  readonly oneClickUrl: string;
}

export function unsubscribeLinks(
  frontendUrl: string,
  jwtSecret: string,
  participation: Participation,
): UnsubscribeLinks {
  const token = signUnsubscribeToken(jwtSecret, participation);
  return {
    pageUrl: `${frontendUrl}/unsubscribe?token=${token}`,
    oneClickUrl: `${frontendUrl}/api/subscriptions/unsubscribe?token=${token}`,
  };
}
