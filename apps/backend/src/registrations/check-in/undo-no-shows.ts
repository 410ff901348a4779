import type { UndoEffect } from '../../competitions/acts/undo-effect.js';

/** Nobody was told yet, and nothing has changed: the job does not run, and that is all. */
export const UNDO_NO_SHOWS: UndoEffect = { kind: 'NO_SHOWS', action: 'no-shows.undone', undo: async () => {} };
