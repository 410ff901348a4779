import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A reader of a pipe may be slower than the writer for a short time. */
const MAX_WAIT_MS = 200;
const POLL_MS = 5;

/**
 * Writes log lines to standard output. A line that cannot be written, because the disk is full or the reader of the pipe
 * has exited, is dropped and counted: an error thrown here would end the process. As soon as writing works again, the
 * number of lost lines is logged. `json-logs.mjs` of the web app does the same.
 */
export class LogOutput implements DestinationStream {
  private lost = 0;
  private reason: string | undefined;
  /** The end of a line of which only the beginning was written. The next line would otherwise continue that line. */
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    private readonly process: string,
    private readonly writeBytes = (bytes: Buffer): number => writeSync(1, bytes),
  ) {}

  write(line: string): void {
    if (this.rest.length > 0) this.tryWrite(this.rest);
    if (this.rest.length === 0 && this.lost > 0 && this.tryWrite(this.report())) this.lost = 0;
    if (this.rest.length > 0 || this.lost > 0 || !this.tryWrite(Buffer.from(line))) this.lost++;
  }

  /** False when nothing could be written. What is missing of a partly written line becomes `rest`. */
  private tryWrite(bytes: Buffer): boolean {
    const deadline = performance.now() + MAX_WAIT_MS;
    let written = 0;
    while (written < bytes.length)
      try {
        written += this.writeBytes(bytes.subarray(written));
      } catch (error) {
        this.reason = (error as NodeJS.ErrnoException).code;
        // Once lines are lost, it no longer waits: a reader that has stopped would delay every request.
        if (this.reason !== 'EAGAIN' || this.lost > 0 || performance.now() > deadline) break;
        sleep(POLL_MS);
      }
    if (written > 0) this.rest = bytes.subarray(written);
    return written > 0;
  }

  private report(): Buffer {
    const { lost, reason: code, process } = this;
    const msg = `${lost} log lines could not be written`;
    return Buffer.from(
      `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), process, lost, code, msg })}\n`,
    );
  }
}

const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
