import { Module } from '@nestjs/common';
import { DatabaseWarnings } from './database-warnings.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

/** /health/live, /health/ready and /metrics, for the API and the worker. */
@Module({
  controllers: [HealthController],
  providers: [Readiness, DatabaseWarnings],
  exports: [Readiness, DatabaseWarnings],
})
export class HealthModule {}
