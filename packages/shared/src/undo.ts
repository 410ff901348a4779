// Without Zod: pages import this file, and would have to load Zod as well.

/** How long an act waits, and can be undone, before it runs. */
export const UNDO_SECONDS = 10;

/** People that one act can remove. */
export const REMOVALS_MAX = 10_000;
