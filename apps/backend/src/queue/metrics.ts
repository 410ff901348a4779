import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

/** What became of each attempt at a job. */
@Injectable()
export class Attempts {
  readonly registry = new Registry();
  private readonly counter = new Counter({
    name: 'mini_compete_job_attempts_total',
    help: 'Attempts at jobs by what became of them.',
    labelNames: ['job', 'outcome'],
    registers: [this.registry],
  });

  count(job: string, outcome: 'done' | 'failed' | 'dead' | 'given-back'): void {
    this.counter.inc({ job, outcome });
  }
}
