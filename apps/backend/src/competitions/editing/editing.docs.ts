import { CancelledCompetition, Competition, CompetitionStats } from '@mini-compete/shared/competitions';
import { PICTURE_TYPES } from '@mini-compete/shared/picture-limits';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';

export const EDITING: RouteDocs = {
  'PATCH /api/competitions/{id}': {
    tag,
    summary: 'Edit',
    description:
      'The version counts the edits of organizers. Registrations do not change it, nor does an edit without changes. VERSION_STALE contains the current competition. `questions` are all of them, in the order in which they are asked: one that is left out is deleted, and its answers are kept. Their version rises only when answers that were given before could be invalid. A competition goes back to DRAFT only while nobody is active in it.',
    responses: { 200: Competition },
    errors: [
      'COMPETITION_NOT_FOUND',
      'COMPETITION_CANCELLED',
      'CAPACITY_BELOW_SEATED',
      'HAS_REGISTRATIONS',
      'UPGRADE_IN_PROGRESS',
      'VERSION_STALE',
      'VERSION_REQUIRED',
    ],
    ifMatch: true,
  },
  'POST /api/competitions/{id}/cancel': {
    tag,
    summary: 'Cancel',
    description: 'Ends all registrations and sends everyone a message. Canceling again returns the same response.',
    responses: { 200: CancelledCompetition },
    errors: ['COMPETITION_NOT_FOUND'],
    key: true,
  },
  'DELETE /api/competitions/{id}': {
    tag,
    summary: 'Delete',
    description: 'Only without active registrations. The competition disappears from all lists; its history is kept.',
    responses: { 204: null },
    errors: ['COMPETITION_NOT_FOUND', 'HAS_REGISTRATIONS'],
  },
  'GET /api/competitions/{id}/stats': {
    tag,
    summary: 'Read statistics',
    description: 'Counts per hour or day of the time zone `zone`, an IANA name.',
    responses: { 200: CompetitionStats },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  'PUT /api/competitions/{id}/cover': {
    tag,
    summary: 'Upload a cover picture',
    description:
      'The body is the picture: JPEG, PNG or WebP, whatever the Content-Type says; at most 8 MB and 40 megapixels, at least 400 pixels wide and 200 high. It is turned upright, cut to 2:1 around its center, and stored as WebP in sRGB, without its metadata. `alt` describes it for people who cannot see it. Uploading the same picture again changes nothing.',
    responses: { 200: Competition },
    upload: PICTURE_TYPES,
    errors: ['COMPETITION_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED', 'PICTURE_UNREADABLE'],
  },
  'PATCH /api/competitions/{id}/cover': {
    tag,
    summary: 'Describe the cover picture',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND', 'COVER_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED'],
  },
  'DELETE /api/competitions/{id}/cover': {
    tag,
    summary: 'Remove the cover picture',
    description: 'Does nothing when there is none.',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED'],
  },
};
