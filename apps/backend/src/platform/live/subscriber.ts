import type { ServerResponse } from 'node:http';

/**
 * Somebody who watches: an open answer. One who reads slower than we write gets nothing while their socket is full,
 * and the latest when it is empty again: a backlog would be old news, kept in our memory.
 */
export class Subscriber {
  private missed = false;
  private fullSince: number | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly latest: () => Buffer,
  ) {
    response.on('drain', () => {
      this.fullSince = null;
      if (!this.missed) return;
      this.missed = false;
      this.write(this.latest());
    });
  }

  send(event: Buffer): void {
    if (this.fullSince === null) this.write(event);
    else this.missed = true;
  }

  heartbeat(heartbeat: Buffer): void {
    if (this.fullSince === null) this.write(heartbeat);
  }

  /** Since when nothing could be written; null when all is well. */
  get stuckSince(): number | null {
    return this.fullSince;
  }

  onClose(act: () => void): void {
    if (this.response.destroyed) act();
    else this.response.on('close', act);
  }

  /** Ends the stream in order; one that is full would never come to its end. */
  end(): void {
    if (this.fullSince !== null) this.destroy();
    else this.response.end(() => this.response.socket?.destroySoon());
  }

  destroy(): void {
    this.response.destroy();
  }

  private write(chunk: Buffer): void {
    // After its end a write would be an error without a listener, which ends the process.
    if (this.response.writableEnded) return;
    if (!this.response.write(chunk)) this.fullSince = performance.now();
  }
}
