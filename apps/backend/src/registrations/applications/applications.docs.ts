import { Application, ApplicationPage, BestApplications, DecidedApplications } from '@mini-compete/shared/applications';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';

export const APPLICATIONS: RouteDocs = {
  'GET /api/competitions/{id}/applications': {
    tag,
    summary: 'List applications',
    description:
      'Undecided ones first. The reviews of others, their mean and their number are null until the reader has given a review, or the application is decided. `room` is what accepting would meet now.',
    responses: { 200: ApplicationPage },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/applications/best': {
    tag,
    summary: 'Preview accepting the best',
    description:
      'Undecided applications that have a review, in the order of their mean, and what accepting them would do. Reviewers get those that they have reviewed themselves, owners and managers all. Changes nothing: to accept them, decide on exactly these.',
    responses: { 200: BestApplications },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'PUT /api/competitions/{id}/applications/{registrationId}/review': {
    tag,
    summary: 'Review an application',
    description: 'One review per member of the staff, which can be changed until the application is decided.',
    responses: { 200: Application },
    errors: ['COMPETITION_NOT_FOUND', 'REGISTRATION_NOT_FOUND', 'NOT_REGISTERED', 'ALREADY_DECIDED'],
    key: true,
  },
  'POST /api/competitions/{id}/applications/decide': {
    tag,
    summary: 'Decide on applications',
    description:
      'In the given order, and each for itself: an item has the new status as `result`, or the `code` of what was in its way. Accepting gives a seat, a seat to confirm, or a place on the waitlist. The message about a rejection goes out ten seconds later, unless the person is reinstated by then.',
    responses: { 200: DecidedApplications },
    errors: ['COMPETITION_NOT_FOUND', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
};
