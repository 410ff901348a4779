import { Sitemap } from '@mini-compete/shared/sitemap';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const SITEMAP: RouteDocs = {
  'GET /api/sitemap': {
    tag: 'Competitions',
    summary: 'List what search engines may find',
    description: 'The newest 10,000 public competitions and their organizers, at most a minute old.',
    responses: { 200: Sitemap },
  },
};
