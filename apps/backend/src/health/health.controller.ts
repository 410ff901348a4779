import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../auth/decorators.js';
import { DomainError } from '../common/errors.js';
import { DatabaseState } from '../prisma/database-state.js';

@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: DatabaseState) {}

  /** The process runs: whoever restarts what is dead asks this. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'live' };
  }

  /** It can do its work: whoever sends requests here asks this. Redis is not needed for it. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready() {
    const trouble = await this.database.trouble();
    if (trouble !== null) throw new DomainError('UNAVAILABLE', { detail: trouble, retryAfterSeconds: 1 });
    return { status: 'ready' };
  }
}
