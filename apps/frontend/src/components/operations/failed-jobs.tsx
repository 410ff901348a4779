'use client';

import type { FailedJob } from '@mini-compete/shared/admin';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useToast } from '@/components/ui/toast';
import { type FailedJobAction, resolveFailedJob, resolveFailedJobs } from '@/lib/api/admin';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';

/** Failed jobs (dead letters) with their errors. An admin can replay or discard them. */
export function FailedJobs({ jobs, total }: { jobs: readonly FailedJob[]; total: number | null }) {
  const t = useTexts('console');
  const common = useTexts('common');
  const { instant } = useFormats();
  const router = useRouter();
  const toast = useToast();
  const [selected, setSelected] = useState<FailedJob | 'all' | null>(null);
  const { busy, failure, run } = useSubmit();
  const resolve = (action: FailedJobAction, which: FailedJob | 'all') =>
    run(async () => {
      if (which === 'all') {
        const { settled } = await resolveFailedJobs(call, action, null);
        toast(t(action === 'replay' ? 'failed.willRetryAll' : 'failed.discardedAll', { count: settled }));
      } else {
        await resolveFailedJob(call, which.id, action);
        toast(t(action === 'replay' ? 'failed.willRetry' : 'failed.discarded'));
      }
      setSelected(null);
      router.refresh();
    });
  if (jobs.length === 0) return <EmptyState title={t('failed.emptyTitle')}>{t('failed.emptyText')}</EmptyState>;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="tabular text-sm text-muted">
          {total === null ? t('failed.countMany') : t('failed.count', { count: total })}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button size="sm" onClick={() => setSelected('all')}>
            {t('failed.discardAll')}
          </Button>
          <Button size="sm" tone="primary" busy={busy} onClick={() => void resolve('replay', 'all')}>
            {t('failed.retryAll')}
          </Button>
        </div>
      </div>
      {failure && (
        <p role="alert" className="mt-4 font-semibold text-error">
          {failure.title}
        </p>
      )}
      <ul className="mt-4 border-t border-line">
        {jobs.map((job) => (
          <li key={job.id} className="grid gap-x-8 gap-y-3 border-b border-line py-4 text-sm lg:grid-cols-[1fr_auto]">
            <div className="min-w-0">
              <p className="font-mono font-semibold">
                <bdi dir="ltr">{nameOf(job)}</bdi>
              </p>
              <p className="mt-1 text-error">
                <bdi dir="ltr">{job.error}</bdi>
              </p>
              <p className="mt-1 text-muted" suppressHydrationWarning>
                {job.permanent
                  ? t('failed.permanent', { time: instant(job.failedAt, 'short') })
                  : t('failed.attempts', { count: job.attempts, time: instant(job.failedAt, 'short') })}
              </p>
              <pre dir="ltr" className="mt-2 font-mono text-xs whitespace-pre-wrap text-muted">
                {JSON.stringify(job.payload)}
              </pre>
            </div>
            <div className="flex items-start gap-5">
              <Button
                size="sm"
                tone="ghost"
                onClick={() => setSelected(job)}
                aria-label={t('failed.discardLabel', { job: nameOf(job) })}
              >
                {t('failed.discard')}
              </Button>
              <Button
                size="sm"
                busy={busy}
                onClick={() => void resolve('replay', job)}
                aria-label={t('failed.retryLabel', { job: nameOf(job) })}
              >
                {t('failed.retry')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Dialog
        open={selected !== null}
        onOpenChange={(open) => !open && setSelected(null)}
        title={t(selected === 'all' ? 'failed.discardAllTitle' : 'failed.discardTitle')}
        actions={
          <>
            <Button onClick={() => setSelected(null)}>{common('cancel')}</Button>
            <Button tone="danger" busy={busy} onClick={() => selected && void resolve('discard', selected)}>
              {t('failed.discard')}
            </Button>
          </>
        }
      >
        <p>{t(selected === 'all' ? 'failed.discardAllText' : 'failed.discardText')}</p>
      </Dialog>
    </>
  );
}

const nameOf = ({ queue, name }: FailedJob) => `${queue} / ${name}`;
