import { useFormats, useTexts } from '#texts';
import { Section } from './section';

const MINUTE_MS = 60_000;

/** One bar per minute of the last hour. The sentence says the same to people who do not see it. */
export function MinuteChart({ perMinute, serverTime }: { perMinute: readonly number[]; serverTime: string }) {
  const t = useTexts('checkInDay');
  const { instant } = useFormats();
  const peak = Math.max(...perMinute, 0);
  const total = perMinute.reduce((sum, count) => sum + count, 0);
  const start = new Date(Date.parse(serverTime) - (perMinute.length - 1) * MINUTE_MS).toISOString();
  return (
    <Section title={t('lastHour')}>
      <p className="mt-3 text-sm text-muted">{t('lastHourText', { total, peak })}</p>
      <svg
        viewBox={`0 0 ${perMinute.length} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="mt-3 h-24 w-full border-b border-line-strong text-seat-taken rtl:-scale-x-100"
      >
        {perMinute.map((count, minute) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its minute
            key={minute}
            x={minute + 0.15}
            width={0.7}
            y={24 - (peak === 0 ? 0 : (count / peak) * 23)}
            height={peak === 0 ? 0 : (count / peak) * 23}
            fill="currentColor"
          />
        ))}
      </svg>
      <p aria-hidden="true" className="tabular mt-1 flex justify-between text-xs text-muted" suppressHydrationWarning>
        <span>{instant(start, 'clock')}</span>
        <span>{instant(serverTime, 'clock')}</span>
      </p>
    </Section>
  );
}
