import { LeaveLinkInfo, Left, MyRegistrationPage, Registered } from '@mini-compete/shared/registrations';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

const tag = 'Registrations';

export const REGISTRATIONS: RouteDocs = {
  'POST /api/competitions/{id}/register': {
    tag,
    summary: 'Register',
    description:
      'First come, first served; exact under any rush. With `joinWaitlist` on a full competition that has a waiting list: 201 with status WAITLISTED and the position. A 503 says nothing about the outcome: repeat with the same key.',
    answers: { 201: Registered },
    errors: [
      'COMPETITION_NOT_FOUND',
      'ALREADY_REGISTERED',
      'REGISTRATION_NOT_OPEN',
      'REGISTRATION_CLOSED',
      'COMPETITION_FULL',
    ],
    key: true,
  },
  'DELETE /api/competitions/{id}/register': {
    tag,
    summary: 'Leave, or leave the line',
    description: 'Also again. Who never was in hears NOT_REGISTERED.',
    answers: { 200: Left },
    errors: ['COMPETITION_NOT_FOUND', 'NOT_REGISTERED'],
    key: true,
  },
  'GET /api/competitions/registrations/my': {
    tag,
    summary: 'Own registrations',
    description: 'With their competition, and the position in line while waiting.',
    answers: { 200: MyRegistrationPage },
  },
  'GET /api/competitions/leave-link': {
    tag,
    summary: 'What the link of a message would leave',
    description: 'Changes nothing: scanners open links.',
    answers: { 200: LeaveLinkInfo },
    errors: ['LEAVE_TOKEN_INVALID'],
  },
  'POST /api/competitions/leave-link': {
    tag,
    summary: 'Leave by the link of a message',
    answers: { 200: Left },
    errors: ['LEAVE_TOKEN_INVALID'],
  },
};
