import { Injectable } from '@nestjs/common';
import { newSignIn } from '../mail/messages.js';
import { Tell } from '../mail/tell.js';
import { PrismaService } from '../prisma/prisma.module.js';
import { type JobHandlers, once } from '../queue/handler.js';

/** Tells the owner of an account that somebody signed in from where they had not been. */
@Injectable()
export class NewSignInJobs implements JobHandlers {
  readonly handlers;

  constructor(prisma: PrismaService, tell: Tell) {
    this.handlers = [
      once(prisma, 'new-sign-in', async (tx, { sessionId }) => {
        const session = await tx.session.findUnique({ where: { id: sessionId } });
        // Gone with its account: nobody is left to be told.
        if (session === null) return;
        const { userId, device, address, createdAt } = session;
        const message = newSignIn(device, address, createdAt);
        await tell.people(tx, [userId], { kind: 'NEW_SIGN_IN', aboutId: sessionId, ...message });
      }),
    ];
  }
}
