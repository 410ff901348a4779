import { Module } from '@nestjs/common';
import { MessageSender } from '../mailbox/message-sender.js';
import { Mailer } from './mailer.js';

/** How a message leaves the house. */
@Module({ providers: [Mailer, MessageSender], exports: [Mailer, MessageSender] })
export class DeliveryModule {}
