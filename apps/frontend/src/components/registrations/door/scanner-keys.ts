import { parseTicket, TICKET_LENGTH } from '@mini-compete/shared/tickets';

/**
 * Hand scanners type what they read and press Enter, or Tab. Collects what is typed anywhere on the page, and recognizes a
 * ticket by its form alone: how fast keys follow each other depends on the scanner and on how busy the device is.
 */
export class ScannerKeys {
  private typed = '';

  /** The ticket that this key completes, or null. */
  press(key: string): string | null {
    if (key === 'Enter' || key === 'Tab') {
      const text = this.typed;
      this.typed = '';
      return parseTicket(text) === null ? null : text;
    }
    // Names of keys, such as Shift, are longer than what a key types.
    if (key.length === 1) this.typed = (this.typed + key).slice(-TICKET_LENGTH);
    return null;
  }
}
