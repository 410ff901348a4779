import { Id } from '@mini-compete/shared/common';
import { type MailboxMessage, type MailboxPage, MailboxQuery, MarkMessage } from '@mini-compete/shared/mailbox';
import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { CurrentUser } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { MailboxService } from './mailbox.service.js';

@Controller('mailbox')
export class MailboxController {
  constructor(private readonly mailbox: MailboxService) {}

  @Get()
  list(
    @CurrentUser() { userId }: Principal,
    @Query({ schema: MailboxQuery }) query: MailboxQuery,
  ): Promise<MailboxPage> {
    return this.mailbox.list(userId, query);
  }

  @Get(':id')
  read(@CurrentUser() { userId }: Principal, @Param('id', { schema: Id }) id: string): Promise<MailboxMessage> {
    return this.mailbox.get(userId, id);
  }

  @Patch(':id')
  mark(
    @CurrentUser() { userId }: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MarkMessage }) { read }: MarkMessage,
  ): Promise<MailboxMessage> {
    return this.mailbox.mark(userId, id, read);
  }
}
