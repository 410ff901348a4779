import { DECISIONS_MAX } from '@mini-compete/shared/application-rules';
import type { BestApplications, Room } from '@mini-compete/shared/applications';
import { useEffect, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { getBestApplications } from '@/lib/api/applications';
import { call } from '@/lib/api/client';
import { type ApiError, isApiError } from '@/lib/api/problem';
import { AcceptEffect } from './accept-effect';
import type { InboxCompetition } from './inbox-competition';
import { type Outcome, useDecide } from './use-decide';

type Props = { competition: InboxCompetition; room: Room; close: (outcome: Outcome | null) => void };

const DEBOUNCE_MS = 250;

/** Shorter on phones: the buttons below it would be out of sight. */
const LIST = 'max-h-40 overflow-y-auto border-y border-line text-sm sm:max-h-64';

const RESULTS = { PENDING: 'best.seat', HELD: 'best.hold', WAITLISTED: 'best.place', APPLIED: 'best.stays' } as const;

/** Shows exactly who would be accepted. Confirming names these people, so nobody else is accepted meanwhile. */
export function BestDialog({ competition, room, close }: Props) {
  const t = useTexts('applications');
  const common = useTexts('common');
  const { number } = useFormats();
  const [typed, setTyped] = useState(String(Math.min(Math.max(room.free, 1), DECISIONS_MAX)));
  const { preview, failure: previewFailure } = usePreview(competition.id, typed);
  const { busy, failure, decide } = useDecide(competition.id);
  const count = countOf(typed);
  const isCurrent = preview !== null && preview.count === count;
  const accepted = preview?.best.items.filter(({ result }) => result !== 'APPLIED').length ?? 0;
  const confirm = async () => {
    if (!isCurrent) return;
    const outcome = await decide('ACCEPT', preview.best.items, null);
    if (outcome) close(outcome);
  };
  const problem = failure ?? previewFailure;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(null)}
      title={t('best.title')}
      actions={
        <>
          <Button onClick={() => close(null)}>{common('cancel')}</Button>
          {accepted > 0 && (
            <Button tone="primary" busy={busy} inactive={!isCurrent} onClick={() => void confirm()}>
              {t('dialog.acceptConfirm', { count: accepted, who: competition.who })}
            </Button>
          )}
        </>
      }
    >
      <p className="text-muted">{t('best.text')}</p>
      <Field
        id="best-count"
        label={t('best.number')}
        error={count === null ? t('best.numberError', { max: DECISIONS_MAX }) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            className="tabular max-w-28 rtl:text-end"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div role="status" className="flex flex-col gap-3">
        {preview === null ? (
          count !== null && !problem && <p className="text-muted">{t('best.loading')}</p>
        ) : preview.best.items.length === 0 ? (
          preview.best.unreviewed === 0 && <p>{t('best.none')}</p>
        ) : (
          <>
            {preview.best.items.length < preview.count && (
              <p className="font-semibold">{t('best.fewer', { count: preview.best.items.length })}</p>
            )}
            <AcceptEffect
              effect={preview.best.effect}
              hours={competition.confirmWithinHours}
              who={competition.who}
              {...(preview.best.people !== undefined && { people: preview.best.people })}
            />
          </>
        )}
        {preview !== null && preview.best.unreviewed > 0 && (
          <p>{t('best.leftOut', { count: preview.best.unreviewed })}</p>
        )}
        {preview?.best.items.some(({ mean }) => mean === null) && (
          <p className="text-sm text-muted">{t('best.hiddenScores')}</p>
        )}
      </div>
      {preview !== null && preview.best.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard could not scroll the list
        <ol aria-label={t('best.list')} tabIndex={0} className={LIST}>
          {preview.best.items.map(({ registrationId, name, result, mean }, n) => (
            <li
              key={registrationId}
              className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-1.5 last:border-0 sm:grid-cols-[1.75rem_minmax(0,1fr)_auto_9rem]"
            >
              <span className="tabular text-end text-muted">{number(n + 1)}</span>
              <bdi className="font-semibold wrap-anywhere">{name || common('deletedAccount')}</bdi>
              {mean !== null && (
                <span className="tabular">
                  <span className="sr-only">{t('score', { mean })}</span>
                  <span aria-hidden="true">{number(mean)}</span>
                </span>
              )}
              <span className="col-start-2 text-muted max-sm:row-start-2 sm:col-start-4 sm:text-end">
                {t(RESULTS[result])}
              </span>
            </li>
          ))}
        </ol>
      )}
      {problem && (
        <p role="alert" className="font-semibold text-error">
          {problem.titleWithDetail}
        </p>
      )}
    </Dialog>
  );
}

const countOf = (typed: string): number | null => {
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  return count >= 1 && count <= DECISIONS_MAX ? count : null;
};

/** The preview of the last number that was valid. */
function usePreview(competitionId: string, typed: string) {
  const [preview, setPreview] = useState<{ count: number; best: BestApplications } | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const count = countOf(typed);
  useEffect(() => {
    if (count === null) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const best = await getBestApplications(call, competitionId, count, controller.signal);
        setPreview({ count, best });
        setFailure(null);
      } catch (error) {
        if (isApiError(error)) setFailure(error);
      }
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [competitionId, count]);
  return { preview, failure };
}
