import { type DynamicModule, Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/idempotency/idempotency.module.js';
import { LiveSeatsModule } from '../seats/live-seats.module.js';
import { PendingActsController } from './pending-acts.controller.js';
import { PendingActsService } from './pending-acts.service.js';
import { UNDO_EFFECTS, type UndoEffect } from './undo-effect.js';

@Module({})
export class PendingActsModule {
  static withEffects(effects: readonly UndoEffect[]): DynamicModule {
    return {
      module: PendingActsModule,
      imports: [IdempotencyModule, LiveSeatsModule],
      controllers: [PendingActsController],
      providers: [PendingActsService, { provide: UNDO_EFFECTS, useValue: effects }],
    };
  }
}
