import type { DoorNumbers } from '@mini-compete/shared/check-ins';
import { useFormats, useTexts } from '#texts';
import { Section } from './section';

export function DoorList({ doors }: { doors: readonly DoorNumbers[] }) {
  const t = useTexts('checkInDay');
  const syncText = useSyncText();
  return (
    <Section title={t('doors.title')}>
      {doors.length === 0 ? (
        <p className="mt-3 text-sm text-muted">{t('doors.empty')}</p>
      ) : (
        <ul>
          {doors.map((door) => (
            <li key={door.id} className="flex items-baseline justify-between gap-4 border-b border-line py-3">
              <div className="min-w-0">
                <p className="font-semibold wrap-break-word">
                  <bdi>{door.name}</bdi>
                </p>
                <p className="text-sm text-muted" suppressHydrationWarning>
                  {syncText(door)}
                </p>
              </div>
              <p className="tabular shrink-0 text-lg font-semibold">{t('doors.in', { count: door.in })}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What is known of a door: what it has not uploaded, or when it was in sync. */
export function useSyncText(): (door: DoorNumbers) => string {
  const t = useTexts('checkInDay');
  const { instant } = useFormats();
  return ({ syncedAt, remaining }) => {
    if (remaining > 0) return t('doors.remaining', { count: remaining });
    return syncedAt === null ? t('doors.never') : t('doors.synced', { when: instant(syncedAt, 'clock') });
  };
}
