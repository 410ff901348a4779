import { PendingActs, UndoneAct } from '@mini-compete/shared/pending-acts';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';

export const PENDING_ACTS: RouteDocs = {
  'GET /api/competitions/{id}/pending-acts': {
    tag,
    summary: 'List what runs soon and can be undone',
    responses: { 200: PendingActs },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'POST /api/competitions/{id}/pending-acts/{actId}/undo': {
    tag,
    summary: 'Undo a pending act',
    description:
      'Works until a worker has started it. Undoing again returns the same response. An undone cancellation reopens the competition.',
    responses: { 200: UndoneAct },
    errors: ['COMPETITION_NOT_FOUND', 'ACT_NOT_FOUND', 'TOO_LATE_TO_UNDO'],
    key: true,
  },
};
