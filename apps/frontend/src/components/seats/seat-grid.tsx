import { clsx } from 'clsx';
import { type SeatColors, type SeatKind, SeatPatterns } from './seat-defs';
import { markRectangles, planSeats } from './seat-plan';

/** Limits of the grid by the place where it is shown. A mark is as large as the width allows, up to `mark` pixels. */
const LAYOUTS = {
  row: { maxMarks: 40, maxColumns: 40, aspect: 1000, mark: 8, width: 320 },
  card: { maxMarks: 100, maxColumns: 25, aspect: 25, mark: 18, width: 350 },
  picture: { maxMarks: 120, maxColumns: 20, aspect: 2.4, mark: 26, width: 288 },
  panel: { maxMarks: 240, maxColumns: 20, aspect: 2.2, mark: 36, width: 352 },
  social: { maxMarks: 144, maxColumns: 36, aspect: 9, mark: 72, width: 1080 },
  icon: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 16, width: 48 },
  touch: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 44, width: 132 },
  /** Within the circle that a phone may cut out of an icon. */
  app: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 36, width: 108 },
  appLarge: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 96, width: 288 },
  logo: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 9, width: 27 },
} as const;

export type SeatGridProps = {
  capacity: number;
  seatsLeft: number;
  size: keyof typeof LAYOUTS;
  /** One of the taken seats is the user's: it has the accent color and a dot. */
  mine?: boolean;
  /** Number of seats taken since the last render; they fade in. */
  newlyTaken?: number;
  className?: string;
  /** For screen readers. Without it the picture is hidden from them, because text beside it says the same. */
  label?: string;
  /** For images outside a page (favicon, social card): explicit colors, and patterns inside the SVG. */
  colors?: SeatColors;
};

export function SeatGrid(props: SeatGridProps) {
  const { capacity, seatsLeft, size, mine = false, newlyTaken = 0, label, className, colors } = props;
  const layout = LAYOUTS[size];
  const taken = capacity - seatsLeft;
  const plan = planSeats({ capacity, taken }, layout);
  const mySeats = mine && plan.taken > 0 ? 1 : 0;
  const unchanged = Math.max(0, plan.taken - mySeats - Math.ceil(newlyTaken / plan.perMark));
  const width = plan.columns * 10;
  const height = plan.rows * 10;
  const mark = Math.min(layout.mark, layout.width / plan.columns);
  const runs: [SeatKind, number, number, boolean][] = [
    ['taken', 0, unchanged, false],
    ['taken', unchanged, plan.taken - mySeats, true],
    ['mine', plan.taken - mySeats, plan.taken, false],
    ['free', plan.taken, plan.marks, false],
  ];
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has an aria-label, or is hidden because text beside it says the same
    <svg
      viewBox={`0 0 ${width} ${height}`}
      {...(colors === undefined
        ? {
            style: { width: plan.columns * mark, maxWidth: '100%' },
            className: clsx('block h-auto rtl:-scale-x-100', className),
          }
        : { xmlns: 'http://www.w3.org/2000/svg', width: plan.columns * mark, height: plan.rows * mark })}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {/* Called as a function: the image renderer supports no components inside an SVG. */}
      {colors !== undefined && SeatPatterns({ colors })}
      {runs.flatMap(([kind, from, to, isNew]) =>
        markRectangles(from, to, plan.columns).map((run) => (
          <rect
            key={`${kind}-${isNew ? taken : ''}-${run.x}-${run.y}`}
            x={run.x * 10}
            y={run.y * 10}
            width={run.width * 10}
            height={run.height * 10}
            fill={`url(#seat-${kind})`}
            {...(isNew ? { className: 'animate-seat' } : {})}
          />
        )),
      )}
    </svg>
  );
}

/** Number of seats that a mark stands for, for the legend. */
export const seatsPerMark = (capacity: number, size: keyof typeof LAYOUTS): number =>
  planSeats({ capacity, taken: 0 }, LAYOUTS[size]).perMark;
