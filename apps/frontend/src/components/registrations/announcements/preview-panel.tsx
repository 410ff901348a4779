'use client';

import type { AnnouncementPreview } from '@mini-compete/shared/announcements';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { UNDO_BAR_ID } from '@/components/competitions/acts/undo-bar-id';
import { Description } from '@/components/competitions/catalog/description';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { sendAnnouncement } from '@/lib/api/announcements';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Props = { competitionId: string; id: string; preview: AnnouncementPreview; onPage: boolean };

/** Who gets the draft and who does not, how three of them will read it, and the button that sends it. */
export function PreviewPanel({ competitionId, id, preview, onPage }: Props) {
  const t = useTexts('announcements');
  const { instant } = useFormats();
  const router = useRouter();
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const key = useRef('');
  const { busy, failure, run } = useSubmit();
  const { recipients, quota, samples } = preview;
  useEffect(() => heading.current?.focus(), []);
  const isTooMany = recipients > quota.left;
  const send = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      await sendAnnouncement(call, competitionId, id, preview.id, key.current);
      router.refresh();
      // The form is gone by then, and there are ten seconds to undo it.
      setTimeout(() => document.getElementById(UNDO_BAR_ID)?.focus());
    });
  return (
    <section aria-labelledby={titleId} className="min-w-0">
      <h2 id={titleId} ref={heading} tabIndex={-1} className="text-lg outline-none">
        {t('preview.recipients', { count: recipients })}
      </h2>
      {recipients === 0 && <p className="mt-1 text-muted">{t('preview.nobody')}</p>}
      <LeftOut leftOut={preview.leftOut} />
      {samples.length > 0 && (
        <>
          <h3 className="mt-8 text-base font-semibold">{t('preview.samples')}</h3>
          <ul className="mt-3 flex flex-col gap-4">
            {samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two people may have the same name
              <li key={index} className="rounded-md border border-line bg-raised p-4">
                <p className="text-sm text-muted">
                  <bdi>{t('preview.sampleFor', { name: sample.name })}</bdi>
                </p>
                <p className="mt-1 font-semibold">
                  <bdi>{sample.subject}</bdi>
                </p>
                <div className="mt-2 text-sm">
                  <Description html={sample.html} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {recipients > 0 && (
        <div className="mt-8 flex flex-col gap-3">
          <FormSummary failure={failure?.titleWithDetail} />
          <p className="text-sm text-muted">
            {isTooMany
              ? recipients > quota.limit
                ? t('preview.quotaPerDay', { limit: quota.limit })
                : t('preview.quotaExceeded', { left: quota.left, when: instant(quota.resetsAt, 'short') })
              : `${t('preview.undo', { seconds: UNDO_SECONDS })} ${onPage ? t('preview.onPage') : ''}`}
          </p>
          {!isTooMany && (
            <Button tone="primary" busy={busy} onClick={() => void send()} className="self-start max-sm:self-stretch">
              {t('preview.send', { count: recipients })}
            </Button>
          )}
          <p className="tabular text-sm text-muted">{t('preview.quota', quota)}</p>
        </div>
      )}
    </section>
  );
}

function LeftOut({ leftOut }: Pick<AnnouncementPreview, 'leftOut'>) {
  const t = useTexts('announcements');
  const { list } = useFormats();
  if (leftOut.length === 0) return null;
  const total = leftOut.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mt-3 text-sm">
      <p>{t('preview.leftOut', { count: total })}</p>
      <ul className="mt-1 list-disc ps-5 text-muted">
        {leftOut.map(({ reason, count, names }) => (
          <li key={reason}>
            {t(`preview.reason.${reason}`, { count })}
            {names.length > 0 && <span className="block">{t('preview.names', { names: list(names) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
