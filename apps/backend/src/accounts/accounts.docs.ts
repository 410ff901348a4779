import { Sessions, SignedIn, User } from '@mini-compete/shared/auth';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

const tag = 'Accounts';

export const ACCOUNTS: RouteDocs = {
  'POST /api/auth/signup': {
    tag,
    summary: 'Sign up',
    description: 'As PARTICIPANT or ORGANIZER, in any letter case. Signs in as well.',
    answers: { 201: SignedIn },
    errors: ['EMAIL_TAKEN'],
    setsCookies: true,
  },
  'POST /api/auth/login': {
    tag,
    summary: 'Sign in',
    description: 'The answer does not tell an unknown address from a wrong password.',
    answers: { 200: SignedIn },
    errors: ['CREDENTIALS_INVALID', 'ACCOUNT_DISABLED'],
    setsCookies: true,
  },
  'POST /api/auth/refresh': {
    tag,
    summary: 'Renew the session',
    description:
      'Rotates the refresh token of the cookie. The previous one still works for 10 seconds, for two tabs; after that its use ends the session.',
    answers: { 200: SignedIn },
    errors: ['UNAUTHENTICATED', 'SESSION_ENDED', 'ACCOUNT_DISABLED'],
    refreshCookie: true,
    setsCookies: true,
  },
  'POST /api/auth/logout': {
    tag,
    summary: 'Sign out',
    description: 'Ends the session of the token or cookie, if there is one.',
    answers: { 204: null },
    refreshCookie: true,
    setsCookies: true,
  },
  'GET /api/auth/me': { tag, summary: 'Own profile', answers: { 200: User }, errors: ['SESSION_ENDED'] },
  'PATCH /api/auth/me': {
    tag,
    summary: 'Change name or password',
    description: 'A new password needs the present one, and ends the other sessions.',
    answers: { 200: User },
    errors: ['WRONG_PASSWORD'],
  },
  'GET /api/auth/sessions': { tag, summary: 'Where one is signed in', answers: { 200: Sessions } },
  'DELETE /api/auth/sessions/{id}': {
    tag,
    summary: 'End a session',
    answers: { 204: null },
    errors: ['SESSION_NOT_FOUND'],
  },
  'POST /api/auth/forgot-password': {
    tag,
    summary: 'Ask for a link to set a new password',
    description: 'Says 202 whether or not there is such an account.',
    answers: { 202: null },
  },
  'POST /api/auth/reset-password': {
    tag,
    summary: 'Set a new password by the token of the link',
    description: 'Single use, one hour, the newest link only. Ends all sessions.',
    answers: { 204: null },
    errors: ['RESET_TOKEN_INVALID'],
  },
};
