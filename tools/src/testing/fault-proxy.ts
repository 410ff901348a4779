import { connect, createServer, type Socket } from 'node:net';
import { type Listening, listen } from './listen.js';

type State = 'forwarding' | 'refusing' | 'frozen';

/** A TCP proxy in front of a real server, with which a test simulates outages, hangs and lost responses. */
export class FaultProxy {
  private readonly clients = new Set<Socket>();
  private readonly withheld = new WeakSet<Socket>();
  private listening!: Listening;

  private constructor(
    private readonly target: URL,
    private state: State,
  ) {}

  static async open(target: string, state: 'forwarding' | 'refusing' = 'forwarding'): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target), state);
    proxy.listening = await listen(createServer((client) => proxy.accept(client)));
    return proxy;
  }

  /** The URL of the target with the port of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String(this.listening.port);
    return url.href;
  }

  /** Connections that were frozen are closed, since they have lost bytes. */
  forward(): void {
    if (this.state === 'frozen') this.disconnect();
    this.state = 'forwarding';
  }

  /** Like a server that has crashed: closes all connections and accepts no new ones. */
  refuse(): void {
    this.state = 'refusing';
    this.disconnect();
  }

  /** Like a server that hangs: connections stay open and nothing passes. */
  freeze(): void {
    this.state = 'frozen';
  }

  /** On connections that are open now, the server still receives requests, but its responses do not arrive. */
  withholdResponses(): void {
    for (const client of this.clients) this.withheld.add(client);
  }

  async close(): Promise<void> {
    await this.listening.close();
  }

  private accept(client: Socket): void {
    // A reset also emits 'close', which is handled below.
    client.on('error', () => {});
    if (this.state === 'refusing') {
      client.destroy();
      return;
    }
    const upstream = connect(Number(this.target.port), this.target.hostname);
    this.clients.add(client);
    client.on('data', (chunk) => this.state !== 'frozen' && upstream.write(chunk));
    upstream.on('data', (chunk) => this.state !== 'frozen' && !this.withheld.has(client) && client.write(chunk));
    upstream.on('error', () => {});
    client.on('close', () => {
      this.clients.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  }

  private disconnect(): void {
    for (const client of this.clients) client.destroy();
  }
}
