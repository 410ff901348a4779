/** How a number of seats is drawn as a grid of marks. */
export type SeatPlan = {
  columns: number;
  rows: number;
  /** Seats per mark; 1 unless there are more seats than marks. */
  perMark: number;
  marks: number;
  taken: number;
};

const ROUND_STEPS = [1, 2, 5];

/** The smallest of 1, 2, 5, 10, 20, 50, … with which all seats fit into `maxMarks`: a round number for the legend. */
export function seatsPerMark(capacity: number, maxMarks: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of ROUND_STEPS) if (Math.ceil(capacity / (step * power)) <= maxMarks) return step * power;
}

export function planSeats(
  seats: { capacity: number; taken: number },
  layout: { maxMarks: number; maxColumns: number; aspect: number },
): SeatPlan {
  const capacity = Math.max(1, Math.floor(seats.capacity));
  const seated = Math.min(capacity, Math.max(0, Math.floor(seats.taken)));
  const perMark = seatsPerMark(capacity, layout.maxMarks);
  const marks = Math.ceil(capacity / perMark);
  const columns = evenColumns(
    marks,
    Math.min(marks, layout.maxColumns, Math.ceil(Math.sqrt(marks * layout.aspect))),
    layout.maxColumns,
  );
  const rows = Math.ceil(marks / columns);
  // Rounding must neither show a full competition that is not, nor hide the first taken or the last free seat.
  const rounded = Math.round((seated / capacity) * marks);
  const taken = seated === 0 ? 0 : seated === capacity ? marks : Math.min(marks - 1, Math.max(1, rounded));
  return { columns, rows, perMark, marks, taken };
}

/** A number of columns near the preferred one that leaves no incomplete row, if there is one. */
function evenColumns(marks: number, preferred: number, max: number): number {
  const isEven = (columns: number) => columns <= max && marks % columns === 0;
  for (let distance = 0; distance <= Math.max(1, preferred * 0.35); distance++) {
    if (isEven(preferred - distance)) return preferred - distance;
    if (isEven(preferred + distance)) return preferred + distance;
  }
  return preferred;
}

/** The marks from `from` up to, not including, `to`, as at most three rectangles in units of one mark. */
export function markRectangles(from: number, to: number, columns: number) {
  const rectangles: { x: number; y: number; width: number; height: number }[] = [];
  let start = from;
  while (start < to) {
    const column = start % columns;
    const row = Math.floor(start / columns);
    if (column === 0 && to - start >= columns) {
      const height = Math.floor((to - start) / columns);
      rectangles.push({ x: 0, y: row, width: columns, height });
      start += height * columns;
    } else {
      const width = Math.min(columns - column, to - start);
      rectangles.push({ x: column, y: row, width, height: 1 });
      start += width;
    }
  }
  return rectangles;
}
