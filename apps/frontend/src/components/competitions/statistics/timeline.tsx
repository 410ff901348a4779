import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { LocalTime } from '@/components/ui/local-time';
import { count } from '@/lib/format';

const HEIGHT = 120;
const HEIGHT_BELOW = 40;
const STEP = 10;

/** Bar chart: registrations above the axis, ended registrations below it. */
export function Timeline({ stats: { timeline, step } }: { stats: CompetitionStats }) {
  const max = Math.max(
    1,
    ...timeline.flatMap(({ registered, ended }) => [registered, ended * (HEIGHT / HEIGHT_BELOW)]),
  );
  const scale = (value: number) => (value === 0 ? 0 : Math.max(2, (value / max) * HEIGHT));
  const total = timeline.reduce((sum, { registered }) => sum + registered, 0);
  const [first, last] = [timeline[0], timeline.at(-1)];
  const peak = timeline.reduce((a, b) => (b.registered > a.registered ? b : a));
  return (
    <figure className="mt-4">
      <svg
        viewBox={`0 0 ${Math.max(24, timeline.length) * STEP} ${HEIGHT + HEIGHT_BELOW}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${count(total, 'registration')} over ${count(timeline.length, step)}, at most ${peak.registered} in one`}
        className="h-40 w-full"
      >
        {timeline.map(({ at, registered, ended }, n) => (
          <g key={at}>
            <rect
              x={n * STEP + 1}
              width={STEP - 2}
              y={HEIGHT - scale(registered)}
              height={scale(registered)}
              className="fill-seat-taken"
            />
            <rect x={n * STEP + 1} width={STEP - 2} y={HEIGHT + 1} height={scale(ended)} className="fill-error" />
          </g>
        ))}
        <line
          x1="0"
          x2="100%"
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-line-strong"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="tabular mt-2 flex justify-between gap-4 text-sm text-muted">
        {first && <LocalTime iso={first.at} style="short" />}
        <span>
          <span className="text-ink">Dark: registered.</span>{' '}
          <span className="text-error">Red, below: left or removed.</span>
        </span>
        {last && last !== first && <LocalTime iso={last.at} style="short" />}
      </figcaption>
    </figure>
  );
}
