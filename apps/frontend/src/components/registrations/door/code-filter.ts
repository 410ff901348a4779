/** A code has to be out of sight for this long before it counts as shown again. */
const OUT_OF_SIGHT_MS = 2_500;

/** A ticket is in many pictures of the camera one after the other, and is one scan. */
export class CodeFilter {
  private readonly seenAt = new Map<string, number>();

  /** Whether this is the first picture with the code. `now` in milliseconds. */
  isNew(code: string, now: number): boolean {
    for (const [seen, at] of this.seenAt) if (now - at > OUT_OF_SIGHT_MS) this.seenAt.delete(seen);
    const isNew = !this.seenAt.has(code);
    this.seenAt.set(code, now);
    return isNew;
  }
}
