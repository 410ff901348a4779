import { Readable } from 'node:stream';
import { Id } from '@mini-compete/shared/common';
import {
  CommitImport,
  type ImportDetails,
  type ImportList,
  ImportQuery,
  type ImportRowPage,
  ImportRowsQuery,
} from '@mini-compete/shared/imports';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_STREAM } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { ImportsService } from './imports.service.js';

@Controller('competitions/:id/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @Requires('import')
  list(@Param('id', { schema: Id }) id: string): Promise<ImportList> {
    return this.imports.list(id);
  }

  /** Limited, because reading a large file takes the time of thousands of registrations. */
  @Post()
  @Requires('import')
  @RateLimit({ per: 'account', limit: 20, seconds: 60 })
  @RouteConfig(BODY_IS_STREAM)
  async check(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ImportQuery }) { fileName = null }: { readonly fileName?: string | null },
    @Key() key: string | null,
    @Req() { body }: FastifyRequest,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const upload = body instanceof Readable ? body : Readable.from([]);
    const response = await this.imports.check(id, { upload, fileName }, actor, key);
    if (response.replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, response.status, response.body);
  }

  @Get(':importId')
  @Requires('import')
  read(
    @Param('id', { schema: Id }) id: string,
    @Param('importId', { schema: Id }) importId: string,
  ): Promise<ImportDetails> {
    return this.imports.get(id, importId);
  }

  @Get(':importId/rows')
  @Requires('import')
  rows(
    @Param('id', { schema: Id }) id: string,
    @Param('importId', { schema: Id }) importId: string,
    @Query({ schema: ImportRowsQuery }) query: ImportRowsQuery,
  ): Promise<ImportRowPage> {
    return this.imports.rows(id, importId, query);
  }

  @Get(':importId/report.csv')
  @Requires('import')
  @RateLimit({ per: 'account', limit: 60, seconds: 60 })
  async report(
    @Param('id', { schema: Id }) id: string,
    @Param('importId', { schema: Id }) importId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rows = await this.imports.report(id, importId);
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="import-${importId}.csv"`)
      .send(Readable.from(rows, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  @Post(':importId/commit')
  @Requires('import')
  async commit(
    @Param('id', { schema: Id }) id: string,
    @Param('importId', { schema: Id }) importId: string,
    @Key() key: string | null,
    @Body({ schema: CommitImport }) commit: CommitImport,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, body, replayed } = await this.imports.commit(id, importId, commit, actor, key);
    if (replayed) reply.header(REPLAYED_HEADER, 'true');
    sendJson(reply, status, body);
  }
}
