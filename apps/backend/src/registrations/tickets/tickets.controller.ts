import type { MyTicket } from '@mini-compete/shared/check-ins';
import { Id } from '@mini-compete/shared/common';
import { Controller, Get, Param } from '@nestjs/common';
import { CurrentUser } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { TicketsService } from './tickets.service.js';

@Controller('competitions/:id/ticket')
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @Get()
  mine(@Param('id', { schema: Id }) id: string, @CurrentUser() { userId }: Principal): Promise<MyTicket> {
    return this.tickets.mine(id, userId);
  }
}
