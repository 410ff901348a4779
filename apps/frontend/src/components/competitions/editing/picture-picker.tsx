'use client';

import { PICTURE_TYPES } from '@mini-compete/shared/picture-limits';
import { clsx } from 'clsx';
import { CircleAlert, ImagePlus } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTexts } from '#texts';

type Props = {
  inputRef: RefObject<HTMLInputElement | null>;
  /** The picture, shown above the button. */
  children: ReactNode;
  hasPicture: boolean;
  error: string | null;
  disabled: boolean;
  onChoose: (file: File) => void;
};

/** A file input of the browser, which opens the camera roll on phones, with a label that also takes dropped files. */
export function PicturePicker({ inputRef, children, hasPicture, error, disabled, onChoose }: Props) {
  const t = useTexts('editing');
  const [isOver, setIsOver] = useState(false);
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onChoose(file);
  };
  return (
    <div className="flex flex-col gap-3">
      {children}
      <label
        htmlFor="cover-file"
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
          'flex flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-md border border-dashed px-5 text-center transition-colors',
          'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
          hasPicture ? 'min-h-14 py-3' : 'aspect-2/1 max-h-56 w-full flex-col py-6',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raised hover:border-ink',
          disabled && 'opacity-55',
        )}
      >
        <input
          ref={inputRef}
          id="cover-file"
          type="file"
          accept={PICTURE_TYPES.join(',')}
          aria-describedby="cover-file-note"
          {...(error ? { 'aria-invalid': true } : {})}
          onChange={({ target }) => {
            choose(target.files);
            // The same file can be chosen again after it was discarded.
            target.value = '';
          }}
          className="sr-only"
        />
        <ImagePlus aria-hidden="true" className="size-6 text-muted" />
        <span className="font-semibold">{t(hasPicture ? 'cover.replace' : 'cover.choose')}</span>
        <span className="text-sm text-muted max-sm:hidden">{t('cover.drop')}</span>
      </label>
      <p
        id="cover-file-note"
        role={error ? 'alert' : undefined}
        className={clsx('text-sm', error ? 'text-error' : 'text-muted')}
      >
        {error ? (
          <span className="flex items-start gap-1.5">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {error}
          </span>
        ) : (
          t('cover.limits')
        )}
      </p>
    </div>
  );
}
