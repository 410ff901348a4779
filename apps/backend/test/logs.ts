import type { DestinationStream } from 'pino';

/** A log that a test can read. */
export class Logs implements DestinationStream {
  text = '';

  write(line: string): void {
    this.text += line;
  }
}
