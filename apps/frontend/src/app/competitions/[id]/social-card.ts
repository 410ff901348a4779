/** The size that services expect which show a preview of a link. */
export const SOCIAL_CARD = { width: 1200, height: 630 } as const;
