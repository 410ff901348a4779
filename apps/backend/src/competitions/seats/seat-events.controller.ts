import { Id } from '@mini-compete/shared/common';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Public } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { lastEventId, openStream } from '../../platform/live/event-stream.js';
import { LiveSeats } from './live-seats.service.js';

@Controller('competitions')
export class SeatEventsController {
  constructor(private readonly live: LiveSeats) {}

  @Get(':id/events')
  @Public()
  async events(
    @Param('id', { schema: Id }) id: string,
    @Headers('last-event-id') last: string | undefined,
    @CurrentUser() reader: Principal | null,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.live.subscribe({
      competitionId: id,
      lastEventId: lastEventId(last),
      reader,
      open: () => openStream(reply),
    });
  }
}
