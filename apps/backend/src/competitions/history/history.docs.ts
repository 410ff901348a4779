import { HistoryPage } from '@mini-compete/shared/history';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const HISTORY: RouteDocs = {
  'GET /api/competitions/{id}/history': {
    tag: 'Organizing',
    summary: 'List what happened, newest first',
    description: 'Who did what, to whom, with the values before and after. Names are those of today.',
    responses: { 200: HistoryPage },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
};
