import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Listening, listen } from './listen.js';

type State = 'forwarding' | 'refusing' | 'frozen' | 'silent';

/** A TCP proxy in front of a real server, with which a test simulates outages, hangs and lost responses. */
export class FaultProxy {
  private readonly clients = new Set<Socket>();
  private readonly withheld = new WeakSet<Socket>();
  /** Connections to a host that lost power. */
  private readonly silenced = new WeakSet<Socket>();
  private listening!: Listening;
  private delayMs = 0;

  private constructor(
    private readonly target: URL,
    private state: State,
  ) {}

  static async open(target: string, state: 'forwarding' | 'refusing' = 'forwarding'): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target), state);
    // Otherwise Node would answer the end of a silenced connection by itself.
    proxy.listening = await listen(
      createServer({ allowHalfOpen: true, noDelay: true }, (client) => proxy.accept(client)),
    );
    return proxy;
  }

  /** The URL of the target with the port of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String(this.listening.port);
    return url.href;
  }

  /** Connections that were frozen are closed, since they have lost bytes. Silenced ones stay silent. */
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

  /**
   * Like a host that lost power: all connections, also new ones, swallow what they receive, and nothing closes them.
   * After `forward()` a new host has its address: new connections work, and those to the old host stay silent.
   */
  silence(): void {
    this.state = 'silent';
    for (const client of this.clients) this.silenced.add(client);
  }

  /** Like a long way: what passes arrives so much later, in each direction. */
  delay(ms: number): void {
    this.delayMs = ms;
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
    if (this.state === 'silent') {
      this.silenced.add(client);
      client.resume();
      return;
    }
    const upstream = connect({ port: Number(this.target.port), host: this.target.hostname, noDelay: true });
    this.clients.add(client);
    const passes = () => this.state !== 'frozen' && !this.silenced.has(client);
    const toUpstream = this.writer(upstream);
    const toClient = this.writer(client);
    client.on('data', (chunk) => passes() && toUpstream(chunk));
    client.on('end', () => !this.silenced.has(client) && client.end());
    upstream.on('data', (chunk) => passes() && !this.withheld.has(client) && toClient(chunk));
    upstream.on('error', () => {});
    client.on('close', () => {
      this.clients.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => !this.silenced.has(client) && client.destroy());
  }

  private writer(to: Socket): (chunk: Buffer) => void {
    let underway = 0;
    let arrived = Promise.resolve();
    return (chunk) => {
      // None overtakes another one, also when the delay has become shorter.
      if (this.delayMs === 0 && underway === 0) {
        to.write(chunk);
        return;
      }
      underway++;
      const due = performance.now() + this.delayMs;
      arrived = arrived
        .then(() => sleep(Math.max(0, due - performance.now())))
        .then(() => {
          underway--;
          to.write(chunk);
        });
    };
  }

  private disconnect(): void {
    for (const client of this.clients) client.destroy();
  }
}
