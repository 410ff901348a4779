import Link from 'next/link';
import { useTexts } from '#texts';
import { buttonClass } from './button';

/** Link to the next page of a list. A link works without JavaScript and with the back button. */
export function LoadMore({ href, shown, total }: { href: string | null; shown: number; total: number | null }) {
  const t = useTexts('common');
  if (!href && shown === 0) return null;
  return (
    <div className="no-print mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
      {href && (
        <Link href={href} scroll={false} className={buttonClass()}>
          {t('loadMore')}
        </Link>
      )}
      <p className="tabular text-sm text-muted">
        {total === null ? t('showingOfMany', { shown }) : t('showing', { shown, total })}
      </p>
    </div>
  );
}
