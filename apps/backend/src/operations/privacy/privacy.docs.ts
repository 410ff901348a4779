import { AccountExport } from '@mini-compete/shared/privacy';
import { z } from 'zod';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Accounts';

export const PRIVACY: RouteDocs = {
  'DELETE /api/auth/me': {
    tag,
    summary: 'Erase my account',
    description:
      'Ends all upcoming registrations and roles on staffs in the same transaction, so seats are passed on. Name, address, messages, sessions and keys are erased; rows that keep counts and history right keep ids only.',
    responses: { 204: null },
    errors: ['WRONG_PASSWORD', 'OWNS_COMPETITIONS', 'UPGRADE_IN_PROGRESS', 'TOO_MANY_REQUESTS'],
    setsCookies: true,
  },
  'GET /api/auth/me/export': { tag, summary: 'See the state of my export', responses: { 200: AccountExport } },
  'POST /api/auth/me/export': {
    tag,
    summary: 'Request an export of all my data',
    description: 'A message says when the file is ready. It can be downloaded for seven days.',
    responses: { 202: AccountExport },
    errors: ['TOO_MANY_REQUESTS', 'UPGRADE_IN_PROGRESS'],
  },
  'GET /api/auth/me/export/file': {
    tag,
    summary: 'Download my export',
    description:
      'A JSON file with account, registrations, answers, teams, invitations, staff roles, reviews, messages, sessions and history. Announcements, invitations, imports and scans that the person has made as staff are in the history only: their content is about others.',
    responses: { 200: z.record(z.string(), z.unknown()) },
    errors: ['EXPORT_NOT_FOUND'],
  },
};
