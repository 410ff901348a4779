const WIDTH = 6;
const HEIGHT = 32;

/** Registrations per day as small bars. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const max = Math.max(1, ...values);
  return (
    <svg
      viewBox={`0 0 ${values.length * WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      className="h-8 w-32 overflow-visible rtl:-scale-x-100"
      preserveAspectRatio="none"
    >
      {values.map((value, day) => {
        const height = value === 0 ? 1 : Math.max(2, (value / max) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its day
            key={day}
            x={day * WIDTH}
            y={HEIGHT - height}
            width={WIDTH - 2}
            height={height}
            className={
              value === 0
                ? 'fill-seat-free forced-colors:fill-[GrayText]'
                : 'fill-seat-taken forced-colors:fill-[CanvasText]'
            }
          />
        );
      })}
    </svg>
  );
}
