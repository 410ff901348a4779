/** The scales of the chart: round values on one axis, evenly spread times on the other. */

const ROUND = [1, 2, 5, 10];

/** The smallest round step (1, 2, 5, 10, 20, …) with which at most `parts` of them reach `max`. */
export function roundStep(max: number, parts: number): number {
  const rough = Math.max(1, max / parts);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  return magnitude * (ROUND.find((factor) => factor * magnitude >= rough) ?? 10);
}

/** Values for the lines of the axis, from the largest number of ended registrations (below 0) to that of new ones. */
export function valueTicks(maxAbove: number, maxBelow: number): number[] {
  const step = roundStep(Math.max(maxAbove, maxBelow), 4);
  const [above, below] = [Math.max(1, Math.ceil(maxAbove / step)), Math.ceil(maxBelow / step)];
  return Array.from({ length: above + below + 1 }, (_, index) => (above - index) * step);
}

/** At most `count` indexes out of `length`, at equal distances, the first among them. */
export function spread(length: number, count: number): number[] {
  const distance = Math.max(1, Math.ceil(length / count));
  return Array.from({ length: Math.ceil(length / distance) }, (_, index) => index * distance);
}
