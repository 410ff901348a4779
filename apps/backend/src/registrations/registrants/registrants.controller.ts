import { Readable } from 'node:stream';
import { Id } from '@mini-compete/shared/common';
import { type Left, RegistrantsQuery, RemoveRegistrant } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUser, Roles } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import { prefersCsv } from './registrants.csv.js';
import { RegistrantsService } from './registrants.service.js';

@Controller('competitions/:id/registrations')
@Roles('ORGANIZER', 'ADMIN')
export class RegistrantsController {
  constructor(private readonly registrants: RegistrantsService) {}

  /** A page as JSON, or with `Accept: text/csv` or `format=csv` the whole list. */
  @Get()
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: RegistrantsQuery }) query: RegistrantsQuery,
    @Headers('accept') accept: string | undefined,
    @CurrentUser() organizer: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    reply.header('vary', 'accept');
    const asCsv = query.format === undefined ? prefersCsv(accept) : query.format === 'csv';
    if (!asCsv) return sendJson(reply, 200, await this.registrants.list(id, query, organizer));
    const rows = await this.registrants.export(id, query, organizer);
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="registrations-${id}.csv"`)
      .send(Readable.from(rows, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  @Delete(':registrationId')
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
