import { clsx } from 'clsx';
import { count } from '@/lib/format';
import { type SeatColors, type SeatKind, SeatPatterns } from './seat-defs';
import { planSeats, runOfMarks } from './seat-plan';

/** Where it stands decides how many marks there are at most, how wide the grid may be, how large a mark is. */
const SHAPES = {
  row: { maxMarks: 40, maxColumns: 40, aspect: 1000, mark: 8 },
  card: { maxMarks: 100, maxColumns: 25, aspect: 25, mark: 14 },
  field: { maxMarks: 240, maxColumns: 20, aspect: 2.2, mark: 22 },
  picture: { maxMarks: 144, maxColumns: 36, aspect: 9, mark: 30 },
  icon: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 16 },
  touch: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 44 },
  logo: { maxMarks: 9, maxColumns: 3, aspect: 1, mark: 9 },
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
        ? { style: { width: plan.columns * shape.mark, maxWidth: '100%' }, className: clsx('block h-auto', className) }
        : { xmlns: 'http://www.w3.org/2000/svg', width: plan.columns * shape.mark, height: plan.rows * shape.mark })}
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
  const left =
    seatsLeft <= 0
      ? `all ${count(capacity, 'seat')} taken`
      : `${seatsLeft.toLocaleString('en')} of ${count(capacity, 'seat')} left`;
  return mine ? `${left}, one of the taken ones is yours` : left;
}

/** What one mark stands for, in words; null where it is simply a seat. */
export function legendOf(capacity: number, size: keyof typeof SHAPES): string | null {
  const { perMark } = planSeats({ capacity, taken: 0 }, SHAPES[size]);
  return perMark === 1 ? null : `One mark is ${count(perMark, 'seat')}`;
}
