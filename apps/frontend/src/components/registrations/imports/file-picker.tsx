'use client';

import { clsx } from 'clsx';
import { CircleAlert, FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Spinner } from '@/components/ui/spinner';
import { checkFile } from '@/lib/api/imports';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

/** Uploads a file and opens its verdicts. Needs the texts of `imports`. */
export function FilePicker({ competitionId }: { competitionId: string }) {
  const t = useTexts('imports');
  const { percent } = useFormats();
  const router = useRouter();
  const { busy, failure, run } = useSubmit();
  const [isOver, setIsOver] = useState(false);
  const [share, setShare] = useState(0);
  /** The same file once more is a retry: the response to the first request may have been lost. */
  const sent = useRef({ file: '', key: '' });
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined || busy) return;
    setShare(0);
    const name = `${file.name} ${file.size} ${file.lastModified}`;
    if (sent.current.file !== name) sent.current = { file: name, key: newIdempotencyKey() };
    void run(async () => {
      const { id } = await checkFile(competitionId, file, setShare, sent.current.key);
      router.push(`/organize/${competitionId}/imports/${id}`);
    });
  };
  return (
    <div className="flex flex-col gap-3">
      <label
        htmlFor="import-file"
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          choose(event.dataTransfer.files);
        }}
        className={clsx(
          'flex min-h-40 flex-col items-center justify-center gap-x-3 gap-y-1 rounded-md border border-dashed px-5 py-6 text-center transition-colors',
          'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raised hover:border-ink',
        )}
      >
        <input
          id="import-file"
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
          aria-describedby="import-file-note"
          {...(failure ? { 'aria-invalid': true } : {})}
          onChange={({ target }) => {
            choose(target.files);
            // The same file can be chosen again after it was mended.
            target.value = '';
          }}
          className="sr-only"
        />
        {busy ? <Spinner /> : <FileUp aria-hidden="true" className="size-6 text-muted" />}
        <span className="font-semibold">{t('choose')}</span>
        <span className="text-sm text-muted max-sm:hidden">{t('drop')}</span>
      </label>
      <p
        id="import-file-note"
        role={failure ? 'alert' : undefined}
        className={clsx('text-sm', failure ? 'text-error' : 'text-muted')}
      >
        {failure ? (
          <span className="flex items-start gap-1.5">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {failure.titleWithDetail}
          </span>
        ) : (
          t('limits')
        )}
      </p>
      <p role="status" className="tabular text-sm">
        {busy && t('checking', { percent: percent(share) })}
      </p>
    </div>
  );
}
