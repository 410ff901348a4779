import { Module } from '@nestjs/common';
import { InvariantReports } from './invariant-report.js';
import { InvariantsController } from './invariants.controller.js';

@Module({ controllers: [InvariantsController], providers: [InvariantReports] })
export class InvariantsModule {}
