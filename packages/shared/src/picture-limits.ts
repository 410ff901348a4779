// Without Zod: pages import this file, and would have to load Zod as well.

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const PICTURE_BYTES = 8_000_000;
export const PICTURE_MEGAPIXELS = 40;

/** Covers are cut to two squares side by side, around the center of the picture. */
export const COVER_RATIO = 2;
/** A smaller picture would be blurred even on a phone. */
export const COVER_MIN_WIDTH = 400;
export const COVER_ALT_MAX = 300;
