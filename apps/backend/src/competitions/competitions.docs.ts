import {
  CancelledCompetition,
  Competition,
  CompetitionPage,
  CompetitionStats,
  MyCompetitionPage,
} from '@mini-compete/shared/competitions';
import { EntrantPage, Left } from '@mini-compete/shared/registrations';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

export const COMPETITIONS: RouteDocs = {
  'GET /api/competitions': {
    tag: 'Competitions',
    summary: 'List and search',
    description: 'Words match by their beginning; words of four letters or more forgive a small typo.',
    answers: { 200: CompetitionPage },
  },
  'POST /api/competitions': {
    tag: 'Competitions',
    summary: 'Create',
    answers: { 201: Competition },
    key: true,
  },
  'GET /api/competitions/{id}': {
    tag: 'Competitions',
    summary: 'Read one',
    description: 'With its version as ETag; never answers 304. Signed in, with the own registration.',
    answers: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/calendar.ics': {
    tag: 'Competitions',
    summary: 'Its date as a calendar entry',
    answers: { 200: { type: 'text/calendar', description: 'iCalendar' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/events': {
    tag: 'Competitions',
    summary: 'Watch its seats',
    description:
      'Server-sent events. `event: seats` carries a SeatsEvent as JSON, normally within a second of a change, and only the latest state; comment lines are heartbeats. A reconnect with Last-Event-ID resumes.',
    answers: { 200: { type: 'text/event-stream', description: 'Events without end' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/my-competitions': {
    tag: 'Organizing',
    summary: 'Own competitions, with counts',
    answers: { 200: MyCompetitionPage },
  },
  'PATCH /api/competitions/{id}': {
    tag: 'Organizing',
    summary: 'Edit',
    description:
      "The version counts organizers' edits; registrations leave it alone, and so does an edit that changes nothing. A stale one is answered with the present state.",
    answers: { 200: Competition },
    errors: [
      'COMPETITION_NOT_FOUND',
      'COMPETITION_CANCELLED',
      'CAPACITY_BELOW_SEATED',
      'VERSION_STALE',
      'VERSION_REQUIRED',
    ],
    ifMatch: true,
  },
  'POST /api/competitions/{id}/cancel': {
    tag: 'Organizing',
    summary: 'Cancel',
    description: 'Also again. From then on nobody gets in; everyone who was in is told.',
    answers: { 200: CancelledCompetition },
    errors: ['COMPETITION_NOT_FOUND'],
    key: true,
  },
  'DELETE /api/competitions/{id}': {
    tag: 'Organizing',
    summary: 'Delete',
    description: 'While nobody is in it. It disappears from every list; its history stays.',
    answers: { 204: null },
    errors: ['COMPETITION_NOT_FOUND', 'HAS_REGISTRATIONS'],
  },
  'GET /api/competitions/{id}/registrations': {
    tag: 'Organizing',
    summary: 'Who is in',
    description: 'Paged as JSON; with `Accept: text/csv` the whole list as a stream.',
    answers: { 200: [EntrantPage, { type: 'text/csv', description: 'All rows, safe to open in a spreadsheet' }] },
    errors: ['COMPETITION_NOT_FOUND', 'NOT_ACCEPTABLE'],
  },
  'DELETE /api/competitions/{id}/registrations/{registrationId}': {
    tag: 'Organizing',
    summary: 'Remove a person',
    description: 'The reason is told to them. The seat goes to the first in line.',
    answers: { 200: Left },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/stats': {
    tag: 'Organizing',
    summary: 'Registrations over time, fill, waiting, left',
    answers: { 200: CompetitionStats },
    errors: ['COMPETITION_NOT_FOUND'],
  },
};
