import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseState } from '../database/database-state.js';

/** Says what stands in the way, or null. */
type Check = () => Promise<string | null>;

/** Whether this process can do its work now. What a process needs beyond the database it adds itself. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks: Check[];
  private ending = false;

  constructor(database: DatabaseState) {
    this.checks = [() => database.notReadyReason()];
  }

  add(check: Check): void {
    this.checks.push(check);
  }

  async trouble(): Promise<string | null> {
    if (this.ending) return 'shutting down';
    for (const check of this.checks) {
      const trouble = await check();
      if (trouble !== null) return trouble;
    }
    return null;
  }

  /** The first thing that happens when the process is told to end: nobody is to send more. */
  onModuleDestroy(): void {
    this.ending = true;
  }
}
