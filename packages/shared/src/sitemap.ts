import { z } from 'zod';
import { Id, Instant } from './common.js';

/** The newest public competitions and their organizers. */
export const Sitemap = z
  .object({
    competitions: z.array(z.object({ id: Id, updatedAt: Instant })),
    organizers: z.array(Id),
  })
  .meta({ id: 'Sitemap' });
export type Sitemap = z.infer<typeof Sitemap>;
