/** Gets the focus when an act has been started, so that the button to undo it is the next one. */
export const UNDO_BAR_ID = 'undo-bar';
