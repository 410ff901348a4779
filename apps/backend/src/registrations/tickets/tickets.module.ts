import { Module } from '@nestjs/common';
import { TicketKeys } from './ticket-keys.js';
import { TicketsService } from './tickets.service.js';

/** For the API, for the mails of the worker, and for the commands of the operator. */
@Module({ providers: [TicketKeys, TicketsService], exports: [TicketKeys, TicketsService] })
export class TicketsModule {}
