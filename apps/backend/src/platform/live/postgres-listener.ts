import { Logger } from '@nestjs/common';
import pg from 'pg';

const RETRY_DELAY_MS = 1_000;

interface ListenerOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  /** After every (re)connect. Notifications that were sent before it are lost. */
  readonly onListening: () => void;
  readonly retryDelayMs?: number;
}

/** LISTEN on a dedicated connection, which is replaced when it fails: a pool would hand it to other queries. */
export class PostgresListener {
  private readonly logger = new Logger('Listen');
  private client: pg.Client | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private isFailing = false;

  constructor(private readonly options: ListenerOptions) {}

  start(): void {
    const { databaseUrl, applicationName, channel, onNotification, onListening } = this.options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    this.client = client;
    const retry = (error: Error) => this.retry(client, error);
    client.on('error', retry);
    client.on('end', () => retry(new Error('The connection has ended.')));
    client.on('notification', ({ payload }) => onNotification(payload ?? ''));
    client
      .connect()
      .then(() => client.query(`LISTEN ${channel}`))
      .then(() => {
        this.isFailing = false;
        onListening();
      })
      .catch(retry);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retryTimer);
    await this.client?.end().catch(() => {});
  }

  private retry(client: pg.Client, error: Error): void {
    // One failure may come as a rejection, an 'error' and an 'end' event.
    if (this.isStopped || this.client !== client) return;
    this.client = undefined;
    // Without this each retry after a failed LISTEN would leave a connection behind.
    client.end().catch(() => {});
    if (!this.isFailing) this.logger.warn(`Cannot listen on "${this.options.channel}", retrying: ${error.message}`);
    this.isFailing = true;
    this.retryTimer = setTimeout(() => this.start(), this.options.retryDelayMs ?? RETRY_DELAY_MS);
  }
}
