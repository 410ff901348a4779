/** What one exchange with the server says about its clock. The first two by the clock of this device, in milliseconds. */
interface ClockSample {
  readonly sentAt: number;
  readonly answeredAt: number;
  /** By the clock of the server, at some moment in between. */
  readonly serverAt: number;
}

/** The clock of the server is ahead of this one by no less than the first, and no more than the second. */
export type OffsetBounds = readonly [least: number, most: number];

/**
 * Clock synchronization (Marzullo's algorithm for one source): each exchange bounds the offset, and the bounds of several
 * are those of all of them. An exchange that contradicts the earlier ones replaces them: somebody has set the clock.
 */
export function boundOffset(bounds: OffsetBounds | null, { sentAt, answeredAt, serverAt }: ClockSample): OffsetBounds {
  const sample: OffsetBounds = [serverAt - answeredAt, serverAt - sentAt];
  if (bounds === null) return sample;
  const both: OffsetBounds = [Math.max(bounds[0], sample[0]), Math.min(bounds[1], sample[1])];
  return both[0] <= both[1] ? both : sample;
}

export const estimateOffset = ([least, most]: OffsetBounds): number => Math.round((least + most) / 2);
