/** The pages and files that the service worker keeps. */
export const OFFLINE_CACHE = 'offline-v1';

/** Connects the tabs of this browser that show a door. */
export const DOORS_CHANNEL = 'doors';
/** FORGOTTEN: the lists of people have been deleted. CHANGED: a tab has scanned or sent something. */
export type DoorsMessage = 'FORGOTTEN' | 'CHANGED';
