import { Readable } from 'node:stream';
import { Id } from '@mini-compete/shared/common';
import { type Left, RegistrantsQuery, RemoveRegistrant } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { prefersCsv } from './registrants.csv.js';
import { RegistrantsService } from './registrants.service.js';

/** `format` decides, otherwise the `Accept` header. */
function asksForCsv({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { format?: unknown };
  return format === undefined ? prefersCsv(headers.accept) : format === 'csv';
}

@Controller('competitions/:id/registrations')
export class RegistrantsController {
  constructor(private readonly registrants: RegistrantsService) {}

  /** A page as JSON, or with `Accept: text/csv` or `format=csv` the whole list. */
  @Get()
  @Requires('readRegistrants')
  @RateLimit({ per: 'account', limit: 60, seconds: 60, when: asksForCsv })
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RegistrantsQuery }) query: RegistrantsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    reply.header('vary', 'accept');
    if (!asksForCsv(request)) return sendJson(reply, 200, await this.registrants.list(id, query));
    const rows = await this.registrants.export(id, query);
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="registrations-${id}.csv"`)
      .send(Readable.from(rows, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  @Delete(':registrationId')
  @Requires('removeRegistrants')
  async remove(
    @Param('id', { schema: Id }) id: string,
    @Param('registrationId', { schema: Id }) registrationId: string,
    @Body({ schema: RemoveRegistrant }) { reason }: RemoveRegistrant,
    @CurrentUser() organizer: Principal,
  ): Promise<Left> {
    await this.registrants.remove(id, registrationId, reason, organizer);
    return { status: 'CANCELLED' };
  }
}
