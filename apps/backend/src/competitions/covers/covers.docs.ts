import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const PICTURES = ['image/webp', 'image/jpeg'].map((type) => ({ type, description: 'The picture' }));

export const COVERS: RouteDocs = {
  'GET /api/covers/{name}': {
    tag: 'Competitions',
    summary: 'Read a cover picture',
    description: 'The name depends on the content, so caches may keep it forever.',
    responses: { 200: PICTURES, 304: null },
    errors: ['COVER_NOT_FOUND'],
  },
};
