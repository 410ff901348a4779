import { Module } from '@nestjs/common';
import { MessageSender } from '../mailbox/message-sender.js';
import { Mailer } from './mailer.js';

/** Sends messages to mailboxes and by mail. */
@Module({ providers: [Mailer, MessageSender], exports: [Mailer, MessageSender] })
export class DeliveryModule {}
