import { InvariantReport } from '@mini-compete/shared/invariants';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const INVARIANTS: RouteDocs = {
  'GET /api/admin/invariants': {
    tag: 'Administration',
    summary: 'Read whether the data is as promised',
    description:
      'A worker checks it about once a minute: competitions with changes, and a few others in turn. A breach is listed from the check that finds it until one that no longer does.',
    responses: { 200: InvariantReport },
  },
};
