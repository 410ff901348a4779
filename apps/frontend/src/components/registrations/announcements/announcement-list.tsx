import type { AnnouncementSummary } from '@mini-compete/shared/announcements';
import Link from 'next/link';
import { useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';
import { AnnouncementStateLabel } from './announcement-state';
import { withTitle } from './subject';

type Props = {
  announcements: readonly AnnouncementSummary[];
  /** Of their competition. */
  title: string;
  hrefOf: (id: string) => string;
};

export function AnnouncementList({ announcements, title, hrefOf }: Props) {
  const t = useTexts('announcements');
  return (
    <ul className="mt-6 border-t border-line">
      {announcements.map(({ id, subject, state, author, updatedAt, sentAt, progress }) => (
        <li key={id} className="border-b border-line">
          <Link
            href={hrefOf(id)}
            className="grid gap-x-8 gap-y-1 py-4 transition-colors hover:bg-sunken sm:-mx-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-3"
          >
            <span className="min-w-0">
              <span className="block font-semibold wrap-anywhere">
                <bdi>{withTitle(subject, title)}</bdi>
              </span>
              <span className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-muted">
                <LocalTime iso={sentAt ?? updatedAt} style="short" />
                {author !== null && <bdi>{t('by', { name: author })}</bdi>}
                {progress !== null && <span>{t('to', { count: progress.recipients })}</span>}
              </span>
            </span>
            <span className="sm:self-center">
              <AnnouncementStateLabel state={state} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
