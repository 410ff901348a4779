import type { CheckInNumbers } from '@mini-compete/shared/check-ins';
import { useFormats, useTexts } from '#texts';

/** The present minute alone has just begun, as often as not. */
const RECENT_MINUTES = 5;

/** Read from two meters away: how many are in, of how many. */
export function Headcount({ numbers }: { numbers: CheckInNumbers }) {
  const t = useTexts('checkInDay');
  const { number } = useFormats();
  const { in: count, expected, perMinute } = numbers;
  const recent = perMinute.slice(-RECENT_MINUTES).reduce((sum, n) => sum + n, 0);
  const share = expected === 0 ? 0 : Math.min(1, count / expected);
  return (
    <section aria-label={t('title')}>
      <p className="flex flex-wrap items-baseline-last gap-x-4 gap-y-1">
        <span className="tabular font-heading text-[clamp(4rem,22vw,7rem)] leading-none font-semibold tracking-tight">
          {number(count)}
        </span>
        <span className="text-xl">
          <span className="block font-semibold">{t('in')}</span>
          <span className="tabular block text-muted">{t('of', { expected })}</span>
        </span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn alike in all browsers */}
      <div
        role="meter"
        aria-label={t('progress', { in: count, expected })}
        aria-valuenow={Math.min(count, expected)}
        aria-valuemin={0}
        aria-valuemax={expected}
        className="mt-4 h-4 overflow-hidden rounded-full border border-line-strong bg-sunken"
      >
        <div
          className="h-full bg-success transition-[width] motion-reduce:transition-none forced-colors:bg-[CanvasText]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="tabular mt-2 text-muted">{t('recent', { count: recent })}</p>
    </section>
  );
}
