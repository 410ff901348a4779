import { PendingAct } from '@mini-compete/shared/pending-acts';
import {
  Confirmed,
  LeaveLinkInfo,
  Left,
  MyRegistrationPage,
  Registered,
  RegistrantPage,
  Reinstated,
} from '@mini-compete/shared/registrations';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

const tag = 'Registrations';

export const REGISTRATIONS: RouteDocs = {
  'POST /api/competitions/{id}/register': {
    tag,
    summary: 'Register',
    description:
      'First come, first served. The response is 201 with status PENDING, or, with `joinWaitlist` for a full competition that has a waitlist, 201 with status WAITLISTED and the position. Where the staff decides (`admissionMode` APPROVAL), it is 201 with status APPLIED. Where the competition asks questions, `answers` are checked against `questionsVersion`; QUESTIONS_CHANGED contains the present questions and their version. After a 503 the outcome is unknown: retry with the same key.',
    responses: { 201: Registered },
    errors: [
      'COMPETITION_NOT_FOUND',
      'ALREADY_REGISTERED',
      'STAFF_CANNOT_REGISTER',
      'REGISTRATION_NOT_OPEN',
      'REGISTRATION_CLOSED',
      'ALREADY_DECIDED',
      'TEAM_REQUIRED',
      'TEAM_NOT_FOUND',
      'NOT_CAPTAIN',
      'TEAM_MEMBER_INELIGIBLE',
      'TEAM_TOO_SMALL',
      'QUESTIONS_CHANGED',
      'COMPETITION_FULL',
    ],
    key: true,
  },
  'DELETE /api/competitions/{id}/register': {
    tag,
    summary: 'Leave, or leave the waitlist',
    description: 'Leaving again returns the same response. NOT_REGISTERED for a person who never registered.',
    responses: { 200: Left },
    errors: ['COMPETITION_NOT_FOUND', 'NOT_REGISTERED'],
    key: true,
  },
  'POST /api/competitions/{id}/confirm': {
    tag,
    summary: 'Confirm my seat',
    description:
      'A seat with the status HELD is confirmed by `heldUntil`, or it goes to the next person. The time at which the request arrives counts. Confirming again returns the same response.',
    responses: { 200: Confirmed },
    errors: [
      'COMPETITION_NOT_FOUND',
      'NOT_REGISTERED',
      'HOLD_EXPIRED',
      'COMPETITION_CANCELLED',
      'NOTHING_TO_CONFIRM',
      'NOT_CAPTAIN',
    ],
    key: true,
  },
  'GET /api/competitions/registrations/my': {
    tag,
    summary: 'List my registrations',
    description: 'With the competition, and the position on the waitlist.',
    responses: { 200: MyRegistrationPage },
  },
  'GET /api/competitions/leave-link': {
    tag,
    summary: 'Read a leave link',
    description: 'Shows the registration that the link would end. Changes nothing, because mail scanners open links.',
    responses: { 200: LeaveLinkInfo },
    errors: ['LEAVE_TOKEN_INVALID'],
  },
  'POST /api/competitions/leave-link': {
    tag,
    summary: 'Leave by link',
    responses: { 200: Left },
    errors: ['LEAVE_TOKEN_INVALID'],
  },
  'GET /api/competitions/{id}/registrations': {
    tag: 'Organizing',
    summary: 'List registrants',
    description:
      'A page as JSON, sorted by `sort`, or with `Accept: text/csv` the whole list as a stream, in the order of registration.',
    responses: {
      200: [
        RegistrantPage,
        { type: 'text/csv', description: 'All rows, with formulas escaped for spreadsheet programs' },
      ],
    },
    errors: ['COMPETITION_NOT_FOUND', 'NOT_ACCEPTABLE', 'TOO_MANY_REQUESTS'],
  },
  'DELETE /api/competitions/{id}/registrations/{registrationId}': {
    tag: 'Organizing',
    summary: 'Remove a person',
    description: 'The person gets a message with the reason. The first person on the waitlist gets the seat.',
    responses: { 200: Left },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND'],
  },
  'POST /api/competitions/{id}/registrations/remove': {
    tag: 'Organizing',
    summary: 'Remove several people',
    description:
      'Nothing happens for ten seconds, in which any manager can undo the act. Then those who are still registered are removed, and get a message with the reason.',
    responses: { 202: PendingAct },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'POST /api/competitions/{id}/registrations/{registrationId}/reinstate': {
    tag: 'Organizing',
    summary: 'Reinstate a person who left or was removed',
    description:
      'With the old admission number: the person gets a free seat, or the old position on the waitlist, and a message. After the deadline, when nobody is promoted anymore, COMPETITION_FULL unless a seat is free.',
    responses: { 200: Reinstated },
    errors: [
      'COMPETITION_NOT_FOUND',
      'REGISTRATION_NOT_FOUND',
      'COMPETITION_CANCELLED',
      'ALREADY_REGISTERED',
      'STAFF_CANNOT_REGISTER',
      'COMPETITION_FULL',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
};
