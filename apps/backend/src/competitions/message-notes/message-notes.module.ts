import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { MessageNotesController } from './message-notes.controller.js';
import { MessageNotesService } from './message-notes.service.js';

@Module({ imports: [IdempotencyModule], controllers: [MessageNotesController], providers: [MessageNotesService] })
export class MessageNotesModule {}
