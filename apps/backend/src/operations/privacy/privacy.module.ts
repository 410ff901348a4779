import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { LiveSeatsModule } from '../../competitions/seats/live-seats.module.js';
import { ErasureService } from './erasure.service.js';
import { ExportsService } from './exports.service.js';
import { PrivacyController } from './privacy.controller.js';

@Module({
  imports: [AccountsModule, LiveSeatsModule],
  controllers: [PrivacyController],
  providers: [ErasureService, ExportsService],
})
export class PrivacyModule {}
