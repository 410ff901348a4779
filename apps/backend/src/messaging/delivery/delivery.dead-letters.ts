import type { DeadLetterEffects } from '../../platform/queue/dead-letters.js';

/** The mailbox shows that a message was not delivered, until its job is replayed. */
export const SEND_EFFECTS: DeadLetterEffects = {
  job: 'send',
  onDead: `
    UPDATE mailbox_messages m SET delivery = 'FAILED'
    FROM dead_letters d
    WHERE m.id = (d.payload->>'messageId')::uuid AND m.delivery = 'QUEUED'`,
  onReplay: `
    UPDATE mailbox_messages m SET delivery = 'QUEUED'
    FROM dead_letters d
    WHERE m.id = (d.payload->>'messageId')::uuid AND m.delivery = 'FAILED'`,
};
