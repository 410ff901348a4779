import { Injectable } from '@nestjs/common';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { newSignIn } from '../../messaging/templates/message-texts.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { type JobHandlers, transactional } from '../../platform/queue/handler.js';

/** Tells the owner of an account that somebody signed in from where they had not been. */
@Injectable()
export class NewSignInJobs implements JobHandlers {
  readonly handlers;

  constructor(prisma: PrismaService, tell: MessageSender) {
    this.handlers = [
      transactional(prisma, 'new-sign-in', async (tx, { sessionId }) => {
        const session = await tx.session.findUnique({ where: { id: sessionId } });
        // Gone with its account: nobody is left to be told.
        if (session === null) return;
        const { userId, device, address, createdAt } = session;
        const message = newSignIn(device, address, createdAt);
        await tell.send(tx, [userId], { kind: 'NEW_SIGN_IN', aboutId: sessionId, ...message });
      }),
    ];
  }
}
