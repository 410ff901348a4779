/** Waits until woken, at the longest for a while. What wakes it while nobody waits is not forgotten. */
export class WakeableTimer {
  private woken = false;
  private go: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.go?.();
  }

  async wait(atMostMs: number): Promise<void> {
    if (!this.woken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((go) => {
        this.go = go;
        timer = setTimeout(go, atMostMs);
      });
      clearTimeout(timer);
      this.go = undefined;
    }
    this.woken = false;
  }
}
