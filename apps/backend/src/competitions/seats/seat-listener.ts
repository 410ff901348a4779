import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { applicationName } from '../../platform/database/application-name.js';
import { PostgresListener } from '../../platform/live/postgres-listener.js';
import { SEATS_CHANNEL } from './seat-notifier.js';

export interface SeatListenerCallbacks {
  /** The seats of these competitions have changed. */
  changed(competitionIds: readonly string[]): void;
  /** After every (re)connect: changes before it may have been missed. */
  listening(): void;
}

/** Receives what processes send with `SeatNotifier`. */
@Injectable()
export class SeatListener implements OnApplicationShutdown {
  private listener: PostgresListener | undefined;

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** Connects on the first call, so that a process without subscribers needs no connection. */
  listen(callbacks: SeatListenerCallbacks): void {
    if (this.listener !== undefined) return;
    this.listener = new PostgresListener({
      databaseUrl: this.env.databaseDirectUrl,
      applicationName: applicationName('live'),
      channel: SEATS_CHANNEL,
      onNotification: (payload) => callbacks.changed(payload.split(',')),
      onListening: () => callbacks.listening(),
    });
    this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }
}
