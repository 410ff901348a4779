import type { Application } from '@mini-compete/shared/applications';
import { useTexts } from '#texts';

/** What everybody thinks, for reviewers who have given theirs. */
export function ReviewList({
  application: { status, reviews },
  readerId,
}: {
  application: Application;
  readerId: string;
}) {
  const t = useTexts('applications');
  const common = useTexts('common');
  return (
    <section aria-labelledby="reviews-title" className="mt-8">
      <h3 id="reviews-title" className="text-lg">
        {t('review.others')}
      </h3>
      {reviews === null ? (
        <p className="mt-2 text-sm text-muted">{t('review.hidden')}</p>
      ) : reviews.mean === null ? (
        <p className="mt-2 text-sm text-muted">{status === 'APPLIED' ? t('review.hidden') : t('review.none')}</p>
      ) : (
        <>
          <p className="tabular mt-2 text-sm text-muted">
            {t('review.mean', { mean: reviews.mean, count: reviews.count })}
          </p>
          <ul className="mt-3 border-t border-line">
            {reviews.items.map(({ reviewer, score, note }) => (
              <li key={reviewer.id} className="flex gap-4 border-b border-line py-3 text-sm">
                <span className="tabular w-4 shrink-0 text-base font-semibold">{score}</span>
                <span className="min-w-0">
                  <bdi className="block font-semibold">
                    {reviewer.id === readerId ? t('review.you') : (reviewer.name ?? common('deletedAccount'))}
                  </bdi>
                  {note && <span className="block whitespace-pre-line [unicode-bidi:plaintext]">{note}</span>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
