'use client';

import type { FailedJob } from '@mini-compete/shared/admin';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { EmptyState } from '@/components/seats/empty-state';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { useToast } from '@/components/ui/toast';
import { type FailedJobAction, resolveFailedJob, resolveFailedJobs } from '@/lib/api/admin';
import { call } from '@/lib/api/client';
import { count } from '@/lib/format';
import { useSubmit } from '@/lib/forms/use-submit';

/** Failed jobs (dead letters) with their errors. An admin can replay or discard them. */
export function FailedJobs({ jobs, total }: { jobs: readonly FailedJob[]; total: number | null }) {
  const router = useRouter();
  const toast = useToast();
  const [selected, setSelected] = useState<FailedJob | 'all' | null>(null);
  const { busy, failure, run } = useSubmit();
  const resolve = (action: FailedJobAction, which: FailedJob | 'all') =>
    run(async () => {
      if (which === 'all') {
        const { settled } = await resolveFailedJobs(call, action, null);
        toast(`${count(settled, 'job')} ${action === 'replay' ? 'will be tried again' : 'discarded'}.`);
      } else {
        await resolveFailedJob(call, which.id, action);
        toast(action === 'replay' ? 'The job will be tried again.' : 'The job is discarded.');
      }
      setSelected(null);
      router.refresh();
    });
  if (jobs.length === 0)
    return (
      <EmptyState title="Nothing has failed">
        A job that fails for good stands here until somebody decides what becomes of it.
      </EmptyState>
    );
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="tabular text-sm text-muted">
          {total === null ? 'More than 10,000' : count(total, 'job')} to be decided
        </p>
        <div className="flex flex-wrap gap-3">
          <Button size="sm" onClick={() => setSelected('all')}>
            Discard all
          </Button>
          <Button size="sm" tone="primary" busy={busy} onClick={() => void resolve('replay', 'all')}>
            Try all again
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
                {job.queue} / {job.name}
              </p>
              <p className="mt-1 text-error">{job.error}</p>
              <p className="mt-1 text-muted">
                {job.permanent ? 'Would fail again as it is' : `Failed ${count(job.attempts, 'time')}`}, last{' '}
                <LocalTime iso={job.failedAt} style="short" />
              </p>
              <pre className="mt-2 overflow-x-auto font-mono text-xs text-muted">{JSON.stringify(job.payload)}</pre>
            </div>
            <div className="flex items-start gap-3">
              <Button size="sm" onClick={() => setSelected(job)} aria-label={`Discard ${job.queue} / ${job.name}`}>
                Discard
              </Button>
              <Button
                size="sm"
                tone="primary"
                busy={busy}
                onClick={() => void resolve('replay', job)}
                aria-label={`Try ${job.queue} / ${job.name} again`}
              >
                Try again
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Dialog
        open={selected !== null}
        onOpenChange={(open) => !open && setSelected(null)}
        title={selected === 'all' ? 'Discard all failed jobs?' : 'Discard this job?'}
        actions={
          <>
            <Button onClick={() => setSelected(null)}>Keep</Button>
            <Button tone="danger" busy={busy} onClick={() => selected && void resolve('discard', selected)}>
              Discard
            </Button>
          </>
        }
      >
        <p>
          {selected === 'all' ? 'Their effects never happen' : 'Its effect never happens'}: a message is not written or
          not sent. This is written down under your name.
        </p>
      </Dialog>
    </>
  );
}
