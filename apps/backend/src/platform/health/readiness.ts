import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseState } from '../database/database-state.js';

/** Returns why the process is not ready, or null. */
type Check = () => Promise<string | null>;

/** A load balancer that gets no answer to its probe waits, and meanwhile sends requests to this process. */
const TIMEOUT_MS = 1_900;

/** Whether this process can do its work now. A process that needs more than the database adds its own checks. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks: Check[];
  private isShuttingDown = false;

  constructor(database: DatabaseState) {
    this.checks = [() => database.notReadyReason()];
  }

  add(check: Check): void {
    this.checks.push(check);
  }

  async notReadyReason(): Promise<string | null> {
    if (this.isShuttingDown) return 'shutting down';
    const timer = new AbortController();
    const timeout = pause(TIMEOUT_MS, 'a check did not end in time', { signal: timer.signal });
    try {
      return await Promise.race([this.firstReason(), timeout]);
    } finally {
      timeout.catch(() => {}); // rejects when it is aborted
      timer.abort();
    }
  }

  private async firstReason(): Promise<string | null> {
    for (const check of this.checks) {
      const reason = await check();
      if (reason !== null) return reason;
    }
    return null;
  }

  /** The first step of a shutdown, so that load balancers stop sending requests. */
  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }
}
