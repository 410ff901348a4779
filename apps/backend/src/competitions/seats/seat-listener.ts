import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { SEATS_CHANNEL } from './seat-notifier.js';

export interface SeatListenerCallbacks {
  /** The seats of these have changed. */
  changed(competitionIds: readonly string[]): void;
  /** From now on nothing is missed; what was said before may have been. */
  listening(): void;
}

const AGAIN_AFTER_MS = 1_000;

/** Hears what processes say with `SeatSignal`, on a connection of its own that is made anew when it is lost. */
@Injectable()
export class SeatListener implements OnApplicationShutdown {
  private readonly logger = new Logger('Live');
  private hearing: SeatListenerCallbacks | null = null;
  private client: pg.Client | null = null;
  private again: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** From the first call on; later ones change nothing. */
  listen(hearing: SeatListenerCallbacks): void {
    if (this.hearing !== null) return;
    this.hearing = hearing;
    void this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.again) clearTimeout(this.again);
    await this.client?.end().catch(() => {});
  }

  private async connect(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      connectionString: this.env.databaseUrl,
      application_name: 'mini-compete live',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    this.client = client;
    let lost = false;
    const connectAgain = () => {
      if (lost || this.stopped) return;
      lost = true;
      void client.end().catch(() => {});
      this.again = setTimeout(() => void this.connect(), AGAIN_AFTER_MS);
    };
    client.on('error', connectAgain).on('end', connectAgain);
    client.on('notification', ({ payload }) => this.hearing?.changed((payload ?? '').split(',')));
    try {
      await client.connect();
      await client.query(`LISTEN ${SEATS_CHANNEL}`);
      this.hearing?.listening();
    } catch (error) {
      this.logger.warn(`Cannot listen for seats, trying again: ${(error as Error).message}`);
      connectAgain();
    }
  }
}
