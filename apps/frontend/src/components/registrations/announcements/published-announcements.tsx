import type { PublishedAnnouncement } from '@mini-compete/shared/announcements';
import { useTexts } from '#texts';
import { Description } from '@/components/competitions/catalog/description';
import { LocalTime } from '@/components/ui/local-time';

/** What the staff has announced, on the page of the competition. */
export function PublishedAnnouncements({ announcements }: { announcements: readonly PublishedAnnouncement[] }) {
  const t = useTexts('announcements');
  if (announcements.length === 0) return null;
  return (
    <section aria-labelledby="published-announcements" className="mt-10 border-t border-line pt-8">
      <h2 id="published-announcements" className="text-xl">
        {t('published')}
      </h2>
      <ol className="mt-4 flex flex-col gap-8">
        {announcements.map(({ id, subject, html, sentAt }) => (
          <li key={id}>
            <h3 className="text-lg">
              <bdi>{subject}</bdi>
            </h3>
            <p className="mt-0.5 mb-3 text-sm text-muted">
              <LocalTime iso={sentAt} />
            </p>
            <Description html={html} />
          </li>
        ))}
      </ol>
    </section>
  );
}
