import { type Participation, signParticipation, verifyParticipation } from './participation.js';

const PURPOSE = 'mini-compete leave link v1';

/** A token that lets its bearer end one registration, or one membership of a team, without signing in. */
export const signLeaveToken = (jwtSecret: string, participation: Participation): string =>
  signParticipation(jwtSecret, PURPOSE, participation);

/** Null for an invalid token. */
export const verifyLeaveToken = (jwtSecret: string, token: string): Participation | null =>
  verifyParticipation(jwtSecret, PURPOSE, token);

export const leaveLink = (frontendUrl: string, jwtSecret: string, participation: Participation): string =>
  `${frontendUrl}/leave?token=${signLeaveToken(jwtSecret, participation)}`;
