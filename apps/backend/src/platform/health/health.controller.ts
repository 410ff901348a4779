import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { METRICS } from '../../registry/metrics.js';
import { POOL } from '../database/pool.js';
import { DomainError } from '../errors/domain-error.js';
import { Public } from '../http/access/decorators.js';
import { Metrics } from '../metrics/metrics.js';
import { VERSION } from '../version.js';
import { DatabaseWarnings } from './database-warnings.js';
import { Readiness } from './readiness.js';

@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly warnings: DatabaseWarnings,
    private readonly metrics: Metrics,
    @Inject(POOL) pool: pg.Pool,
  ) {
    new Gauge({
      ...METRICS.databaseConnections,
      registers: [metrics.registry],
      collect() {
        this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'waited-for' }, pool.waitingCount);
      },
    });
  }

  /** Liveness: the process runs. For the supervisor that restarts dead processes. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Readiness: the process can do its work. For load balancers. */
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: 'ready'; version: string; warnings?: readonly string[] }> {
    const reason = await this.readiness.notReadyReason();
    if (reason !== null) throw new DomainError('UNAVAILABLE', { operatorDetail: reason, retryAfterSeconds: 1 });
    const warnings = this.warnings.list;
    return { status: 'ready', version: VERSION, ...(warnings.length > 0 && { warnings }) };
  }

  @Get('metrics')
  async collect(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.metrics.registry.metrics();
    reply.header('content-type', this.metrics.registry.contentType).send(text);
  }
}
