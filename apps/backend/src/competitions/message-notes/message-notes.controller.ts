import { Id, Language } from '@mini-compete/shared/common';
import {
  type MessageNotePreview,
  type MessageNotes,
  NoteKind,
  SetMessageNote,
} from '@mini-compete/shared/message-notes';
import { REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Requires } from '../../platform/http/access/decorators.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { sendJson } from '../../platform/http/json-text.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Key } from '../../platform/idempotency/idempotency-key.js';
import { MessageNotesService } from './message-notes.service.js';

@Controller('competitions/:id/message-notes')
@Requires('edit')
export class MessageNotesController {
  constructor(private readonly notes: MessageNotesService) {}

  @Get()
  list(@Param('id', { schema: Id }) id: string): Promise<MessageNotes> {
    return this.notes.list(id);
  }

  @Put(':kind/:language')
  async set(
    @Param('id', { schema: Id }) competitionId: string,
    @Param('kind', { schema: NoteKind }) kind: NoteKind,
    @Param('language', { schema: Language }) language: z.infer<typeof Language>,
    @Key() key: string | null,
    @Body({ schema: SetMessageNote }) note: SetMessageNote,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.notes.set({ competitionId, kind, language }, note, actor, key));
  }

  @Delete(':kind/:language')
  async delete(
    @Param('id', { schema: Id }) competitionId: string,
    @Param('kind', { schema: NoteKind }) kind: NoteKind,
    @Param('language', { schema: Language }) language: z.infer<typeof Language>,
    @Key() key: string | null,
    @CurrentUser() actor: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.notes.delete({ competitionId, kind, language }, actor, key));
  }

  @Post(':kind/:language/preview')
  @HttpCode(200)
  preview(
    @Param('id', { schema: Id }) competitionId: string,
    @Param('kind', { schema: NoteKind }) kind: NoteKind,
    @Param('language', { schema: Language }) language: z.infer<typeof Language>,
    @Body({ schema: SetMessageNote }) note: SetMessageNote,
    @CurrentUser() actor: Principal,
  ): Promise<MessageNotePreview> {
    return this.notes.preview({ competitionId, kind, language }, note, actor);
  }
}

function send(reply: FastifyReply, { status, body, replayed }: IdempotentResponse): void {
  if (replayed) reply.header(REPLAYED_HEADER, 'true');
  sendJson(reply, status, body);
}
