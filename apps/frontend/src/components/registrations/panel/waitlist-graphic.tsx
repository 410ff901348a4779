import { count } from '@/lib/format';

/** Who stands in line before and behind the reader, at most so many of them drawn. */
const DRAWN = 18;

export function LineField({ waiting, position }: { waiting: number; position: number | null }) {
  const from = position === null ? 0 : Math.max(0, Math.min(position - 3, waiting - DRAWN));
  const drawn = Math.min(DRAWN, waiting - from);
  const own = position === null ? -1 : position - 1 - from;
  return (
    <div>
      <svg
        viewBox={`0 0 ${drawn * 10} 10`}
        aria-hidden="true"
        style={{ width: drawn * 16, maxWidth: '100%' }}
        className="block h-auto"
      >
        <rect width={drawn * 10} height="10" fill="url(#seat-waiting)" />
        {own >= 0 && own < drawn && (
          <>
            <rect x={own * 10} width="10" height="10" style={{ fill: 'var(--surface-raised)' }} />
            <rect key={own} x={own * 10} width="10" height="10" fill="url(#seat-mine)" className="animate-seat" />
          </>
        )}
      </svg>
      <p className="tabular mt-2 text-sm text-muted">
        {count(waiting, 'person waits', 'people wait')} in line
        {position !== null && position > 1 && `, ${(position - 1).toLocaleString('en')} before you`}
        {position === 1 && ', nobody before you'}
      </p>
    </div>
  );
}
