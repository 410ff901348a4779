import type { NoShowPreview } from '@mini-compete/shared/check-ins';
import { useFormats, useTexts } from '#texts';

/** Whom it concerns, and what happens to them and to the waitlist. */
export function NoShowEffect({ preview: { people, sample, promoted } }: { preview: NoShowPreview }) {
  const t = useTexts('checkInDay');
  const { list, listStart } = useFormats();
  if (people === 0) return <p>{t('noShows.nobody')}</p>;
  const others = people - sample.length;
  const names = others > 0 ? listStart(sample) : list(sample);
  return (
    <>
      <p className="font-semibold wrap-break-word">{t('noShows.who', { names, count: others })}</p>
      <p>
        {t('noShows.effect')} {t('noShows.promoted', { count: promoted })}
      </p>
    </>
  );
}
