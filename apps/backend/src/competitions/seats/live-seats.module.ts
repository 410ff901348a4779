import { Module } from '@nestjs/common';
import { CompetitionsModule } from '../catalog/competitions.module.js';
import { DraftViewers } from './draft-viewers.js';
import { LivePositions } from './live-positions.js';
import { LiveSeats } from './live-seats.service.js';
import { SeatEventsController } from './seat-events.controller.js';
import { SeatListener } from './seat-listener.js';
import { SeatNotifier } from './seat-notifier.js';
import { SeatReader } from './seat-reader.js';

@Module({
  imports: [CompetitionsModule],
  controllers: [SeatEventsController],
  providers: [SeatReader, SeatNotifier, SeatListener, LivePositions, DraftViewers, LiveSeats],
  exports: [LiveSeats, SeatNotifier],
})
export class LiveSeatsModule {}
