import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { SeatEar } from './seat-ear.js';
import { SeatReader } from './seat-reader.js';
import { SeatSignal } from './seat-signal.js';

@Module({
  controllers: [LiveController],
  providers: [SeatReader, SeatSignal, SeatEar, LiveService],
  exports: [LiveService, SeatSignal],
})
export class LiveModule {}
