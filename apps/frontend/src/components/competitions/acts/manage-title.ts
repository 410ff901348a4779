/** The heading of the organizer's pages of one competition, which gets the focus when what had it disappears. */
export const MANAGE_TITLE_ID = 'manage-title';
