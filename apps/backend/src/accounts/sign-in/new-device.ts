import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/prisma.service.js';
import { Outbox } from '../../platform/queue/outbox.js';

@Injectable()
export class NewDeviceNotifier {
  constructor(private readonly outbox: Outbox) {}

  /** Tells the owner when a sign-in came from where they have not been before; their very first one is no news. */
  async announce(tx: Tx, sessionId: string): Promise<void> {
    const [{ news }] = await tx.$queryRaw<[{ news: boolean }]>`
      SELECT count(*) > 0 AND NOT coalesce(bool_or(o.device = s.device AND o.address = s.address), false) AS news
      FROM sessions s JOIN sessions o ON o.user_id = s.user_id AND o.id <> s.id
      WHERE s.id = ${sessionId}::uuid`;
    if (news) await this.outbox.add(tx, 'new-sign-in', { sessionId });
  }
}
