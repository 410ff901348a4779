import type { ServerResponse } from 'node:http';

/**
 * A client of an event stream. While its socket buffer is full (backpressure), events are skipped, and after it has
 * drained the client gets the latest state: a backlog of outdated events would only use memory.
 */
export class Subscriber {
  private hasSkipped = false;
  private fullSince: number | null = null;
  private lastOwn: Buffer | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly latest: () => Buffer,
  ) {
    response.on('drain', () => {
      this.fullSince = null;
      if (!this.hasSkipped) return;
      this.hasSkipped = false;
      this.write(this.lastOwn === null ? this.latest() : Buffer.concat([this.latest(), this.lastOwn]));
    });
  }

  send(event: Buffer): void {
    if (this.fullSince === null) this.write(event);
    else this.hasSkipped = true;
  }

  /** An event for this subscriber only. */
  sendOwn(event: Buffer): void {
    this.lastOwn = event;
    this.send(event);
  }

  heartbeat(heartbeat: Buffer): void {
    if (this.fullSince === null) this.write(heartbeat);
  }

  /** Since when the socket buffer has been full, or null. */
  get stuckSince(): number | null {
    return this.fullSince;
  }

  onClose(listener: () => void): void {
    if (this.response.destroyed) listener();
    else this.response.on('close', listener);
  }

  /** Ends the stream gracefully, or at once when the socket buffer is full and the end would never be written. */
  end(): void {
    if (this.fullSince !== null) this.destroy();
    else this.response.end(() => this.response.socket?.destroySoon());
  }

  destroy(): void {
    this.response.destroy();
  }

  private write(chunk: Buffer): void {
    // A write after the end emits an 'error' event without a listener, which ends the process.
    if (this.response.writableEnded) return;
    if (!this.response.write(chunk)) this.fullSince = performance.now();
  }
}
