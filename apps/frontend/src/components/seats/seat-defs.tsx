/** The outline of a seat in a cell of 10 by 10 units. */
const SEAT = 'M1 5.2a4 4.2 0 0 1 8 0V7.8a1.2 1.2 0 0 1-1.2 1.2H2.2A1.2 1.2 0 0 1 1 7.8Z';

export const SEAT_KINDS = ['free', 'taken', 'mine', 'waiting'] as const;
export type SeatKind = (typeof SEAT_KINDS)[number];
/** The user's seat has a dot, because color alone is not accessible. */
export type SeatColors = Record<SeatKind | 'dot', string>;

const THEME_COLORS: SeatColors = {
  free: 'var(--seat-free)',
  taken: 'var(--seat-taken)',
  mine: 'var(--seat-mine)',
  waiting: 'var(--seat-waiting)',
  dot: 'var(--accent-ink)',
};

export function SeatPatterns({ colors = THEME_COLORS }: { colors?: SeatColors }) {
  return (
    <defs>
      {SEAT_KINDS.map((kind) => (
        <pattern key={kind} id={`seat-${kind}`} width="10" height="10" patternUnits="userSpaceOnUse">
          <path d={SEAT} style={{ fill: colors[kind] }} />
          {kind === 'mine' && <circle cx="5" cy="4.8" r="1.6" style={{ fill: colors.dot }} />}
        </pattern>
      ))}
    </defs>
  );
}

/**
 * Rendered once per document. Seat grids fill rectangles with these patterns, so that a thousand seats are a few elements.
 * Not `display: none`: browsers do not paint with patterns that are not rendered.
 */
export function SeatDefs() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <SeatPatterns />
    </svg>
  );
}
