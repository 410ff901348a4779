/** How a number of seats is drawn: which grid, how many seats one mark stands for, how many marks are taken. */
export type SeatPlan = {
  columns: number;
  rows: number;
  /** Seats that one mark stands for; 1 unless there are more seats than marks. */
  perMark: number;
  marks: number;
  taken: number;
};

const ROUND_STEPS = [1, 2, 5];

/** The smallest of 1, 2, 5, 10, 20, 50, … with which all seats fit into the marks: a number people can say. */
export function seatsPerMark(capacity: number, maxMarks: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of ROUND_STEPS) if (Math.ceil(capacity / (step * power)) <= maxMarks) return step * power;
}

export function planSeats(
  seats: { capacity: number; taken: number },
  shape: { maxMarks: number; maxColumns: number; aspect: number },
): SeatPlan {
  const capacity = Math.max(1, Math.floor(seats.capacity));
  const seated = Math.min(capacity, Math.max(0, Math.floor(seats.taken)));
  const perMark = seatsPerMark(capacity, shape.maxMarks);
  const marks = Math.ceil(capacity / perMark);
  const columns = evenColumns(
    marks,
    Math.min(marks, shape.maxColumns, Math.ceil(Math.sqrt(marks * shape.aspect))),
    shape.maxColumns,
  );
  const rows = Math.ceil(marks / columns);
  // "Full" and "nobody yet" are facts that rounding must not invent or hide.
  const rounded = Math.round((seated / capacity) * marks);
  const taken = seated === 0 ? 0 : seated === capacity ? marks : Math.min(marks - 1, Math.max(1, rounded));
  return { columns, rows, perMark, marks, taken };
}

/** A width near the wished one with which no row is left half, if there is one. */
function evenColumns(marks: number, wished: number, most: number): number {
  const isEven = (columns: number) => columns <= most && marks % columns === 0;
  for (let off = 0; off <= wished * 0.3; off++) {
    if (isEven(wished - off)) return wished - off;
    if (isEven(wished + off)) return wished + off;
  }
  return wished;
}

/** The part of a grid from mark `from` to before `to`, as rectangles in units of one mark: at most three. */
export function runOfMarks(from: number, to: number, columns: number) {
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
