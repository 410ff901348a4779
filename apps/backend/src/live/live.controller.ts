import { Id } from '@mini-compete/shared/common';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/decorators.js';
import { lastEventId, openStream } from './event-stream.js';
import { LiveService } from './live.service.js';

@Controller('competitions')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Get(':id/events')
  @Public()
  async events(
    @Param('id', { schema: Id }) id: string,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.live.watch(id, lastEventId(last), () => openStream(reply));
  }
}
