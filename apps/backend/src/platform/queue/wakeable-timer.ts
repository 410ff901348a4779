/** A delay that `wake` ends early. A `wake` between two waits ends the next one at once. */
export class WakeableTimer {
  private isWoken = false;
  private endWait: (() => void) | undefined;

  wake(): void {
    this.isWoken = true;
    this.endWait?.();
  }

  async wait(maxMs: number): Promise<void> {
    if (!this.isWoken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.endWait = resolve;
        timer = setTimeout(resolve, maxMs);
      });
      clearTimeout(timer);
      this.endWait = undefined;
    }
    this.isWoken = false;
  }
}
