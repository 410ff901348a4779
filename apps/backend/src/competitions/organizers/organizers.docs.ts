import { OrganizerPage, OrganizerProfile } from '@mini-compete/shared/organizers';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const ORGANIZERS: RouteDocs = {
  'GET /api/organizers/me': {
    tag: 'Organizing',
    summary: 'Read what I wrote on my page',
    responses: { 200: OrganizerProfile },
    errors: ['ORGANIZER_NOT_FOUND'],
  },
  'PUT /api/organizers/me': {
    tag: 'Organizing',
    summary: 'Write on my page',
    description: 'Replaces the text, which is Markdown, and the links.',
    responses: { 200: OrganizerProfile },
  },
  'GET /api/organizers/{id}': {
    tag: 'Competitions',
    summary: 'Read the page of an organizer',
    description:
      'With the public competitions: those ahead first, soonest first, then past ones. Without public competitions and without a text there is no page.',
    responses: { 200: OrganizerPage },
    errors: ['ORGANIZER_NOT_FOUND'],
  },
};
