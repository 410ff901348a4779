import { SEND_EFFECTS } from '../../messaging/delivery/delivery.dead-letters.js';
import type { DeadLetterEffects } from '../../platform/queue/dead-letters.js';

/** The effects of all areas, for the worker, which adds dead letters, and the console, which replays them. */
export const DEAD_LETTER_EFFECTS: readonly DeadLetterEffects[] = [SEND_EFFECTS];
