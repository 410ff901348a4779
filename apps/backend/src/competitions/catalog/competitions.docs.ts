import { Competition, CompetitionPage, DescriptionPreview, MyCompetitionPage } from '@mini-compete/shared/competitions';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const COMPETITIONS: RouteDocs = {
  'GET /api/competitions': {
    tag: 'Competitions',
    summary: 'List and search',
    description: 'Words match by prefix. Words of four letters or more tolerate a small typo.',
    responses: { 200: CompetitionPage },
    errors: ['TOO_MANY_REQUESTS'],
  },
  'GET /api/competitions/my-competitions': {
    tag: 'Organizing',
    summary: 'List my competitions with counts',
    description: 'Counts registrations per day of the time zone `zone`, an IANA name.',
    responses: { 200: MyCompetitionPage },
  },
  'POST /api/competitions': {
    tag: 'Competitions',
    summary: 'Create',
    description:
      'Public by default. A draft is seen by its staff only and takes no registrations; an unlisted competition is reached by its address only.',
    responses: { 201: Competition },
    errors: ['EMAIL_NOT_VERIFIED', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'POST /api/competitions/preview-description': {
    tag: 'Organizing',
    summary: 'Render a description without saving it',
    responses: { 200: DescriptionPreview },
  },
  'GET /api/competitions/{id}': {
    tag: 'Competitions',
    summary: 'Read one',
    description:
      'With the version as ETag, but never a 304. With the active registration of the signed-in participant. `description` is Markdown; `descriptionHtml` is the same as HTML that is safe to insert into a page.',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/calendar.ics': {
    tag: 'Competitions',
    summary: 'Read the date as a calendar entry',
    responses: { 200: { type: 'text/calendar', description: 'iCalendar' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
};
