import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';
import { checkNext } from './invariant-checks.js';

/** Once a minute: checks whether the data is still as promised. */
@Injectable()
export class InvariantCheckJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [scheduled(pool, 'invariants', () => checkNext(pool))];
  }
}
