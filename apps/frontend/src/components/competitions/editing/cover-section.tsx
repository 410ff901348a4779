'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { COVER_ALT_MAX } from '@mini-compete/shared/picture-limits';
import { Check } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { describeCover, removeCover, uploadCover } from '@/lib/api/competitions';
import { useSubmit } from '@/lib/forms/use-submit';
import { CoverImage } from '../catalog/cover-image';
import { FormSection } from './form-section';
import { PicturePicker } from './picture-picker';
import { usePicture } from './use-picture';

type Props = {
  saved: Competition;
  onSaved: (competition: Competition) => void;
  onChanged: (isChanged: boolean) => void;
};

/** Shown at this width in the settings. */
const SIZES = '(min-width: 64rem) 42rem, calc(100vw - 2.5rem)';

/** Choose, describe, replace and remove the cover picture. */
export function CoverSection({ saved, onSaved, onChanged }: Props) {
  const t = useTexts('editing');
  const router = useRouter();
  const { cover, id } = saved;
  const picture = usePicture();
  const [alt, setAlt] = useState(cover?.alt ?? '');
  const [progress, setProgress] = useState<number | null>(null);
  const [done, setDone] = useState<'uploaded' | 'described' | 'removed' | null>(null);
  const [asking, setAsking] = useState(false);
  const { busy, failure, run, clear } = useSubmit();
  const input = useRef<HTMLInputElement>(null);
  const isAltChanged = cover !== null && cover !== undefined && alt.trim() !== cover.alt;
  const isChanged = picture.file !== null || isAltChanged;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is another function at each rendering
  useEffect(() => {
    onChanged(isChanged);
    if (isChanged) setDone(null);
  }, [isChanged]);

  const finish = (competition: Competition, what: NonNullable<typeof done>) => {
    setAlt(competition.cover?.alt ?? '');
    setDone(what);
    onSaved(competition);
    router.refresh();
  };
  // The button that was pressed is gone; while the dialog is open, it keeps the focus.
  useEffect(() => {
    if (done !== null && !asking) input.current?.focus();
  }, [done, asking]);
  const save = () =>
    run(async () => {
      if (picture.file === null) return finish(await describeCover(call, id, alt), 'described');
      setProgress(0);
      const competition = await uploadCover(id, picture.file, alt, setProgress).finally(() => setProgress(null));
      picture.clear();
      finish(competition, 'uploaded');
    });
  const remove = () =>
    run(async () => {
      const competition = await removeCover(call, id);
      setAsking(false);
      finish(competition, 'removed');
    });
  const discard = () => {
    clear();
    picture.clear();
    setAlt(cover?.alt ?? '');
    input.current?.focus();
  };

  return (
    <FormSection id="cover" title={t('cover.title')} text={t('cover.text')}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) void save();
        }}
      >
        <PicturePicker
          inputRef={input}
          hasPicture={picture.url !== null || Boolean(cover)}
          error={picture.problem}
          disabled={busy}
          onChoose={(file) => {
            clear();
            void picture.choose(file);
          }}
        >
          {picture.url !== null ? (
            <figure>
              {/* biome-ignore lint/performance/noImgElement: a file of the person's own device */}
              <img
                src={picture.url}
                alt={alt}
                width={1600}
                height={800}
                className="block aspect-2/1 h-auto w-full rounded-md border border-line bg-white object-cover"
              />
              <figcaption className="mt-2 text-sm text-muted">{t('cover.preview')}</figcaption>
            </figure>
          ) : (
            cover && <CoverImage cover={cover} sizes={SIZES} className="rounded-md" />
          )}
        </PicturePicker>
        {(picture.url !== null || cover) && (
          <Field id="cover-alt" label={t('cover.alt')} optional help={t('cover.altHelp')}>
            {(control) => (
              <Input
                {...control}
                value={alt}
                onChange={({ target }) => setAlt(target.value)}
                maxLength={COVER_ALT_MAX}
                placeholder={t('cover.altExample')}
                autoComplete="off"
                className="[unicode-bidi:plaintext]"
              />
            )}
          </Field>
        )}
        {failure && !asking && (
          <Notice tone="error" live="assertive" title={failure.fields.get('picture') ?? failure.titleWithDetail} />
        )}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          {isChanged && (
            <>
              <Button type="submit" tone="primary" busy={busy}>
                {t(picture.file === null ? 'cover.saveAlt' : 'cover.save')}
              </Button>
              <Button tone="ghost" onClick={discard} disabled={busy}>
                {t('discard')}
              </Button>
            </>
          )}
          {cover && !isChanged && (
            <Button
              tone="caution"
              onClick={() => {
                clear();
                setAsking(true);
              }}
            >
              {t('cover.remove')}
            </Button>
          )}
          {progress !== null && <Progress share={progress} />}
          <p role="status" className="flex items-center gap-1.5 text-sm font-semibold text-success">
            {done && <Check aria-hidden="true" className="size-4" />}
            {done && t(`cover.${done}`)}
          </p>
        </div>
      </form>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t('cover.removeQuestion')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('cover.keep')}</Button>
            <Button tone="danger" busy={busy} onClick={() => void remove()}>
              {t('cover.remove')}
            </Button>
          </>
        }
      >
        <p>{t('cover.removeConsequence')}</p>
        {failure && (
          <p role="alert" className="font-semibold text-error">
            {failure.titleWithDetail}
          </p>
        )}
      </Dialog>
    </FormSection>
  );
}

/** Decoding takes a moment after the last byte has been sent. */
function Progress({ share }: { share: number }) {
  const t = useTexts('editing');
  const label = share < 1 ? t('cover.uploading', { share }) : t('cover.processing');
  return (
    <p className="flex min-w-48 flex-col gap-1 text-sm text-muted">
      <progress aria-label={t('cover.save')} value={share} max={1} className="h-1.5 w-full" />
      <span className="tabular">{label}</span>
    </p>
  );
}
