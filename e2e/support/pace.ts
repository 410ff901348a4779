import type { Locator } from '@playwright/test';

/** Of a person with a phone who sees the page for the first time. */
const SECONDS = { look: 3, tap: 1.5, letter: 0.25, readCodeInMail: 8 };

/** Does what a person does, and adds up how long that takes a person: the test itself does not wait. */
export class Pace {
  seconds = 0;

  look(): void {
    this.seconds += SECONDS.look;
  }

  readCodeInMail(): void {
    this.seconds += SECONDS.readCodeInMail;
  }

  async tap(target: Locator): Promise<void> {
    this.seconds += SECONDS.tap;
    await target.tap();
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.tap(field);
    this.seconds += text.length * SECONDS.letter;
    await field.pressSequentially(text);
  }
}
