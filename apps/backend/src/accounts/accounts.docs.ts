import { Me, Sessions, SignedIn, User } from '@mini-compete/shared/auth';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

const tag = 'Accounts';

export const ACCOUNTS: RouteDocs = {
  'POST /api/auth/signup': {
    tag,
    summary: 'Sign up',
    description:
      'The role is PARTICIPANT or ORGANIZER, in any letter case. Without `language` the account gets that of the cookie `language`, else that of `Accept-Language`. The response signs the new account in.',
    responses: { 201: SignedIn },
    errors: ['EMAIL_TAKEN'],
    setsCookies: true,
  },
  'POST /api/auth/login': {
    tag,
    summary: 'Sign in',
    description: 'The response is the same for an unknown address and for a wrong password.',
    responses: { 200: SignedIn },
    errors: ['CREDENTIALS_INVALID', 'ACCOUNT_DISABLED'],
    setsCookies: true,
  },
  'POST /api/auth/refresh': {
    tag,
    summary: 'Renew the session',
    description:
      'Rotates the refresh token of the cookie. The previous one still works for 10 seconds, for tabs that renew at the same time; after that, using it ends the session.',
    responses: { 200: SignedIn },
    errors: ['UNAUTHENTICATED', 'SESSION_ENDED', 'ACCOUNT_DISABLED'],
    refreshCookie: true,
    setsCookies: true,
  },
  'POST /api/auth/logout': {
    tag,
    summary: 'Sign out',
    description: 'Ends the session of the token or cookie, if there is one.',
    responses: { 204: null },
    refreshCookie: true,
    setsCookies: true,
  },
  'GET /api/auth/me': { tag, summary: 'Own profile', responses: { 200: Me }, errors: ['SESSION_ENDED'] },
  'PATCH /api/auth/me': {
    tag,
    summary: 'Change name, password, language or time zone',
    description: 'A new password needs the current one, and ends all other sessions.',
    responses: { 200: User },
    errors: ['WRONG_PASSWORD'],
  },
  'GET /api/auth/sessions': { tag, summary: 'List own active sessions', responses: { 200: Sessions } },
  'DELETE /api/auth/sessions/{id}': {
    tag,
    summary: 'End a session',
    responses: { 204: null },
    errors: ['SESSION_NOT_FOUND'],
  },
  'POST /api/auth/forgot-password': {
    tag,
    summary: 'Request a password reset link',
    description: 'The response is 202 whether or not the account exists.',
    responses: { 202: null },
  },
  'POST /api/auth/reset-password': {
    tag,
    summary: 'Set a new password with the token of a reset link',
    description: 'Only the newest link works, once and for one hour. Ends all sessions.',
    responses: { 204: null },
    errors: ['RESET_TOKEN_INVALID'],
  },
};
