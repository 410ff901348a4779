import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { Tell } from './tell.js';

/** How a message leaves the house. */
@Module({ providers: [Mailer, Tell], exports: [Mailer, Tell] })
export class MailModule {}
