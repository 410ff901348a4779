import type { Import } from '@mini-compete/shared/imports';
import { Download } from 'lucide-react';
import { useTexts } from '#texts';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { importReportUrl } from '@/lib/api/imports';

/** What a committed import has done so far. */
export function ImportProgress({ competitionId, found }: { competitionId: string; found: Import }) {
  const t = useTexts('imports');
  const { id, state, handled, reserved, seated, invited, notify } = found;
  const isDone = state === 'done';
  return (
    <section aria-labelledby="import-progress" className="rounded-lg border border-line bg-raised p-5 sm:p-6">
      {!isDone && <AutoRefresh seconds={2} />}
      <h2 id="import-progress" className="text-lg">
        {t(isDone ? 'progress.doneTitle' : 'state.running')}
      </h2>
      <p role="status" className="tabular mt-2">
        {isDone ? t('progress.done', { seated, invited }) : t('progress.running', { handled, total: reserved })}
      </p>
      {!isDone && (
        <progress
          aria-label={t('progress.label')}
          value={handled}
          max={Math.max(reserved, 1)}
          className="mt-4 h-2 w-full"
        />
      )}
      {isDone && notify === false && invited > 0 && <p className="mt-2 text-sm text-muted">{t('progress.quiet')}</p>}
      {isDone && (
        <div className="mt-5 flex flex-wrap gap-2">
          <ButtonLink size="sm" href={`/organize/${competitionId}/invitations`}>
            {t('progress.invitations')}
          </ButtonLink>
          <a href={importReportUrl(competitionId, id)} className={buttonClass({ size: 'sm' })} download>
            <Download aria-hidden="true" className="size-4" />
            {t('progress.report')}
          </a>
          <ButtonLink size="sm" href={`/organize/${competitionId}/imports`}>
            {t('progress.another')}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}
