import { Readable } from 'node:stream';
import { Id } from '@mini-compete/shared/common';
import { CoverQuery, UpdateCover } from '@mini-compete/shared/covers';
import { Body, Controller, Delete, Param, Patch, Put, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, RateLimit, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { BODY_IS_STREAM } from '../../platform/http/body-parser.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { CompetitionText } from '../catalog/competitions.repository.js';
import { CoverEditingService } from './cover-editing.service.js';

@Controller('competitions/:id/cover')
export class CoverEditingController {
  constructor(private readonly covers: CoverEditingService) {}

  /** Decoding a picture takes the time of thousands of registrations. */
  @Put()
  @Requires('edit')
  @RateLimit({ per: 'account', limit: 20, seconds: 60 })
  @RouteConfig(BODY_IS_STREAM)
  async replace(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: CoverQuery }) { alt }: CoverQuery,
    @Req() { body }: FastifyRequest,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const upload = body instanceof Readable ? body : Readable.from([]);
    send(reply, await this.covers.replace(id, upload, alt, actor));
  }

  @Patch()
  @Requires('edit')
  async describe(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateCover }) { alt }: UpdateCover,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.covers.describe(id, alt, actor));
  }

  @Delete()
  @Requires('edit')
  async remove(
    @Param('id', { schema: Id }) id: string,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.covers.remove(id, actor));
  }
}

function send(reply: FastifyReply, { text, version }: CompetitionText): void {
  sendJson(reply.header('etag', `"${version}"`), 200, text);
}
