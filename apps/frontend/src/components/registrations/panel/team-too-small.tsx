import type { Competition } from '@mini-compete/shared/competitions';
import type { EndedRegistration } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';

/** The team's registration ended when teams were fixed. */
export function TeamTooSmall({ ended, competition }: { ended: EndedRegistration; competition: Competition }) {
  const t = useTexts('teamPanel');
  const { instant } = useFormats();
  return (
    <div className="animate-rise rounded-md bg-sunken p-4">
      <h2 className="text-xl">{t('ended.title')}</h2>
      <p className="mt-1.5 text-sm" suppressHydrationWarning>
        {t('ended.text', { min: competition.teamMin ?? 1, when: instant(ended.endedAt, 'full') })}
      </p>
    </div>
  );
}
