import type { Announcement } from '@mini-compete/shared/announcements';
import { useFormats, useTexts } from '#texts';

/** How far an announcement is, and how its mails fare. */
export function Progress({ announcement: { progress, deliveries } }: { announcement: Announcement }) {
  const t = useTexts('announcements');
  const { number } = useFormats();
  if (progress === null) return null;
  const { recipients, written, skipped, notIncluded } = progress;
  const counts = Object.entries(deliveries ?? {}).filter(([, count]) => count > 0) as [
    keyof NonNullable<typeof deliveries>,
    number,
  ][];
  return (
    <section aria-labelledby="announcement-deliveries">
      <h2 id="announcement-deliveries" className="text-lg">
        {t('sent.deliveries')}
      </h2>
      <progress
        aria-label={t('sent.progressLabel')}
        value={written}
        max={Math.max(1, recipients)}
        className="mt-4 block h-2 w-full"
      />
      <p className="tabular mt-2 text-sm text-muted">{t('sent.progress', { written, total: recipients })}</p>
      {counts.length > 0 && (
        <dl className="mt-5 border-t border-line text-sm">
          {counts.map(([delivery, count]) => (
            <div key={delivery} className="flex justify-between gap-4 border-b border-line py-2">
              <dt>{t(`sent.delivery.${delivery}`)}</dt>
              <dd className="tabular font-semibold">{number(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      {skipped > 0 && <p className="mt-4 text-sm text-muted">{t('sent.skipped', { count: skipped })}</p>}
      {notIncluded > 0 && <p className="mt-2 text-sm text-muted">{t('sent.notIncluded', { count: notIncluded })}</p>}
    </section>
  );
}
