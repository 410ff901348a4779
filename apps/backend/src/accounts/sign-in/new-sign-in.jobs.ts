import { Injectable } from '@nestjs/common';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { newSignIn } from '../../messaging/templates/message-texts.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { type JobHandlers, transactional } from '../../platform/queue/handler.js';

/** Sends the owner of an account a message about a sign-in from a new device. */
@Injectable()
export class NewSignInJobs implements JobHandlers {
  readonly handlers;

  constructor(prisma: PrismaService, messages: MessageSender) {
    this.handlers = [
      transactional(prisma, 'new-sign-in', async (tx, { sessionId }) => {
        const session = await tx.session.findUnique({ where: { id: sessionId } });
        // The session was deleted with its account, so there is no recipient.
        if (session === null) return;
        const { userId, device, address, createdAt } = session;
        const message = newSignIn(device, address, createdAt);
        await messages.send(tx, [userId], { kind: 'NEW_SIGN_IN', aboutId: sessionId, ...message });
      }),
    ];
  }
}
