// Without Zod: pages import this file, and would have to load Zod as well.

/** From the most to the least restricted. */
export const VISIBILITIES = ['DRAFT', 'UNLISTED', 'PUBLIC'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
