import { Module } from '@nestjs/common';
import { LiveSeats } from './live-seats.service.js';
import { SeatEventsController } from './seat-events.controller.js';
import { SeatListener } from './seat-listener.js';
import { SeatNotifier } from './seat-notifier.js';
import { SeatReader } from './seat-reader.js';

@Module({
  controllers: [SeatEventsController],
  providers: [SeatReader, SeatNotifier, SeatListener, LiveSeats],
  exports: [LiveSeats, SeatNotifier],
})
export class LiveSeatsModule {}
