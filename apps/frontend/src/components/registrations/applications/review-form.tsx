import { REVIEW_NOTE_MAX } from '@mini-compete/shared/application-rules';
import type { Application } from '@mini-compete/shared/applications';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { NativeInput } from '@/components/ui/native';
import type { ApiError } from '@/lib/api/problem';
import { NOTE_ID } from './inbox-competition';

type Props = {
  application: Application;
  note: string | undefined;
  typeNote: (note: string) => void;
  review: (score: number, note: string | null) => Promise<unknown>;
  busy: boolean;
  failure: ApiError | null;
};

const SCORES = [1, 2, 3, 4, 5] as const;

/** A score is saved at once; a note, which takes several keys, when the reader says so. */
export function ReviewForm({ application: { myReview }, note, typeNote, review, busy, failure }: Props) {
  const t = useTexts('applications');
  const typed = note ?? myReview?.note ?? '';
  const isChanged = note !== undefined && note.trim() !== (myReview?.note ?? '');
  const save = () => {
    if (myReview && !busy) void review(myReview.score, typed);
  };
  return (
    <section aria-labelledby="review-title" className="mt-6">
      <h3 id="review-title" className="text-lg">
        {t('review.title')}
      </h3>
      <fieldset className="mt-3">
        <legend className="text-sm font-semibold">{t('review.legend')}</legend>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="flex gap-2">
            {SCORES.map((score) => {
              const isChosen = myReview?.score === score;
              return (
                <label
                  key={score}
                  htmlFor={`score-${score}`}
                  className={clsx(
                    'seat-shape relative grid size-11 cursor-pointer place-items-center border text-base font-semibold has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
                    isChosen
                      ? 'border-ink bg-ink text-surface forced-colors:forced-selected'
                      : 'border-line-strong hover:border-ink hover:bg-sunken',
                  )}
                >
                  <NativeInput
                    type="radio"
                    id={`score-${score}`}
                    name="score"
                    value={score}
                    checked={isChosen}
                    aria-label={`${score} · ${t(`review.score.${score}`)}`}
                    onChange={() => !busy && void review(score, typed)}
                    className="absolute inset-0 cursor-pointer opacity-0"
                  />
                  <span aria-hidden="true">{score}</span>
                </label>
              );
            })}
          </div>
          <p role="status" className="flex items-center gap-1.5 text-sm text-muted">
            {busy ? (
              t('review.saving')
            ) : myReview && !isChanged ? (
              <>
                <Check aria-hidden="true" className="size-4 text-success" />
                {t(`review.score.${myReview.score as (typeof SCORES)[number]}`)} · {t('review.saved')}
              </>
            ) : null}
          </p>
        </div>
      </fieldset>
      <Field
        id={NOTE_ID}
        className="mt-4"
        optional
        label={t('review.note')}
        help={isChanged && !myReview ? t('review.noteNeedsScore') : t('review.noteHelp')}
        error={failure?.fields.get('note')}
      >
        {(control) => (
          <Textarea
            {...control}
            aria-keyshortcuts="N"
            className="min-h-24 [unicode-bidi:plaintext]"
            maxLength={REVIEW_NOTE_MAX}
            value={typed}
            onChange={(event) => typeNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
              // Back to where the shortcuts work.
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        )}
      </Field>
      {isChanged && myReview && (
        <Button size="sm" className="mt-3" tone="primary" busy={busy} onClick={save}>
          {t('review.save')}
        </Button>
      )}
      {failure && !failure.fields.has('note') && (
        <p role="alert" className="mt-3 text-sm font-semibold text-error">
          {failure.problem.detail ?? failure.title}
        </p>
      )}
    </section>
  );
}
