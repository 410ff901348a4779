import { Logger } from '@nestjs/common';
import { DatabaseClient, KEEP_ALIVE, withSessionSettings } from '../database/connection.js';

const RETRY_DELAY_MS = 1_000;
/** A host that lost power sends no notifications and closes no connection, so only an unanswered query reveals it. */
const HEARTBEAT_INTERVAL_MS = 5_000;
const ANSWER_TIMEOUT_MS = 3_000;

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
  private client: DatabaseClient | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private isFailing = false;

  constructor(private readonly options: ListenerOptions) {}

  start(): void {
    const { databaseUrl, applicationName, channel, onNotification, onListening } = this.options;
    const client = new DatabaseClient({
      ...KEEP_ALIVE,
      connectionString: withSessionSettings(databaseUrl),
      application_name: applicationName,
      connectionTimeoutMillis: 5_000,
      query_timeout: ANSWER_TIMEOUT_MS,
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
        if (this.client !== client || this.isStopped) return;
        this.isFailing = false;
        this.heartbeat = setInterval(() => client.query('SELECT 1').catch(retry), HEARTBEAT_INTERVAL_MS);
        onListening();
      })
      .catch(retry);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retryTimer);
    clearInterval(this.heartbeat);
    await this.client?.close();
  }

  private retry(client: DatabaseClient, error: Error): void {
    // One failure may come as a rejection, an 'error' and an 'end' event.
    if (this.isStopped || this.client !== client) return;
    this.client = undefined;
    clearInterval(this.heartbeat);
    // Without this each retry after a failed LISTEN would leave a connection behind.
    void client.close();
    if (!this.isFailing) this.logger.warn(`Cannot listen on "${this.options.channel}", retrying: ${error.message}`);
    this.isFailing = true;
    this.retryTimer = setTimeout(() => this.start(), this.options.retryDelayMs ?? RETRY_DELAY_MS);
  }
}
