import { Me, Sessions, SignedIn, User } from '@mini-compete/shared/auth';
import { Verification } from '@mini-compete/shared/verification';
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
  'GET /api/auth/verification': {
    tag,
    summary: 'See whether my address is verified',
    description: 'With a pending change of address it is about the new one.',
    responses: { 200: Verification },
    errors: ['SESSION_ENDED'],
  },
  'POST /api/auth/verification': {
    tag,
    summary: 'Send a new code',
    description:
      'At most one a minute and ten a day. Earlier codes stop working. Sends nothing when the address is verified.',
    responses: { 202: Verification },
    errors: ['TOO_MANY_REQUESTS'],
  },
  'POST /api/auth/verification/confirm': {
    tag,
    summary: 'Verify the address with the code from the mail',
    description:
      'A code works for ten minutes and five tries. Confirming again gets the same response. A new address replaces the old one now.',
    responses: { 200: Verification },
    errors: ['VERIFICATION_CODE_INVALID', 'VERIFICATION_EXPIRED', 'EMAIL_TAKEN'],
  },
  'POST /api/auth/verification/confirm-link': {
    tag,
    summary: 'Verify the address with the token of the link in the mail',
    description: 'Works only in the session that asked for the mail. Otherwise use the code.',
    responses: { 200: Verification },
    errors: ['VERIFICATION_LINK_INVALID', 'VERIFICATION_EXPIRED', 'EMAIL_TAKEN'],
  },
  'POST /api/auth/email': {
    tag,
    summary: 'Change my address',
    description:
      'Sends a code to the new address and a message to the old one. The change counts when the code is confirmed. With the current address, a pending change is canceled.',
    responses: { 202: Verification },
    errors: ['WRONG_PASSWORD', 'EMAIL_TAKEN', 'TOO_MANY_REQUESTS', 'UPGRADE_IN_PROGRESS'],
  },
  'DELETE /api/auth/email': { tag, summary: 'Cancel a pending change of address', responses: { 204: null } },
};
