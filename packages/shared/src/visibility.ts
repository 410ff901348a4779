// Without Zod: pages import this file, and would have to load Zod as well.

/** From what nobody but the staff sees to what everybody finds. */
export const VISIBILITIES = ['DRAFT', 'UNLISTED', 'PUBLIC'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
