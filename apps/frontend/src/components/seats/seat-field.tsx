import { clsx } from 'clsx';
import { count, seatsLeftText } from '@/lib/format';
import { type SeatColors, type SeatKind, SeatPatterns } from './seat-defs';
import { planSeats, runOfMarks } from './seat-plan';

/**
 * Where it stands decides how many marks there are at most and how wide their grid is. A mark is as large
 * as the width allows, up to `mark`: few seats are large seats.
 */
const SHAPES = {
  row: { maxMarks: 40, maxColumns: 40, aspect: 1000, mark: 8, width: 320 },
  card: { maxMarks: 100, maxColumns: 25, aspect: 25, mark: 28, width: 350 },
  field: { maxMarks: 240, maxColumns: 20, aspect: 2.2, mark: 36, width: 352 },
  picture: { maxMarks: 144, maxColumns: 36, aspect: 9, mark: 72, width: 1080 },
  icon: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 16, width: 48 },
  touch: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 44, width: 132 },
  logo: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 9, width: 27 },
} as const;

export type SeatFieldProps = {
  capacity: number;
  seatsLeft: number;
  size: keyof typeof SHAPES;
  /** The reader has one of the taken seats: it is shown in the colour of action. */
  mine?: boolean;
  /** How many have arrived since the last drawing: those fill while one watches. */
  arrived?: number;
  className?: string;
  /** Beside words that say the same, the picture is silent. */
  decorative?: boolean;
  /** For pictures outside of a page (favicon, social card): colours as values, patterns inside. */
  colors?: SeatColors;
};

export function SeatField(props: SeatFieldProps) {
  const { capacity, seatsLeft, size, mine = false, arrived = 0, decorative = false, className, colors } = props;
  const shape = SHAPES[size];
  const taken = capacity - seatsLeft;
  const plan = planSeats({ capacity, taken }, shape);
  const own = mine && plan.taken > 0 ? 1 : 0;
  const settled = Math.max(0, plan.taken - own - Math.ceil(arrived / plan.perMark));
  const width = plan.columns * 10;
  const height = plan.rows * 10;
  const mark = Math.min(shape.mark, shape.width / plan.columns);
  const runs: [SeatKind, number, number, boolean][] = [
    ['taken', 0, settled, false],
    ['taken', settled, plan.taken - own, true],
    ['mine', plan.taken - own, plan.taken, false],
    ['free', plan.taken, plan.marks, false],
  ];
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has its words as aria-label, or stands beside words that say the same
    <svg
      viewBox={`0 0 ${width} ${height}`}
      {...(colors === undefined
        ? { style: { width: plan.columns * mark, maxWidth: '100%' }, className: clsx('block h-auto', className) }
        : { xmlns: 'http://www.w3.org/2000/svg', width: plan.columns * mark, height: plan.rows * mark })}
      {...(decorative
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': describeSeats(capacity, seatsLeft, mine) })}
    >
      {/* Called, not rendered: the renderer of pictures takes plain elements inside of a drawing only. */}
      {colors !== undefined && SeatPatterns({ colors })}
      {runs.flatMap(([kind, from, to, fresh]) =>
        runOfMarks(from, to, plan.columns).map((run) => (
          <rect
            key={`${kind}-${fresh ? taken : ''}-${run.x}-${run.y}`}
            x={run.x * 10}
            y={run.y * 10}
            width={run.width * 10}
            height={run.height * 10}
            fill={`url(#seat-${kind})`}
            {...(fresh ? { className: 'animate-seat' } : {})}
          />
        )),
      )}
    </svg>
  );
}

export function describeSeats(capacity: number, seatsLeft: number, mine = false): string {
  const left = seatsLeftText(seatsLeft, capacity);
  return mine ? `${left}. One of the taken ones is yours` : left;
}

/** What one mark stands for, in words; null where it is simply a seat. */
export function legendOf(capacity: number, size: keyof typeof SHAPES): string | null {
  const { perMark } = planSeats({ capacity, taken: 0 }, SHAPES[size]);
  return perMark === 1 ? null : `One mark is ${count(perMark, 'seat')}`;
}
