'use client';

import { COVER_MIN_WIDTH, COVER_RATIO, PICTURE_BYTES } from '@mini-compete/shared/picture-limits';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';

/** A picture that was chosen and is not uploaded yet. What the browser can check is checked before the upload. */
export function usePicture() {
  const t = useTexts('editing');
  const validation = useTexts('validation');
  const [chosen, setChosen] = useState<{ file: File; url: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const url = chosen?.url;
  // Otherwise the browser keeps the file in memory.
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url]);

  async function problemOf({ size }: File, url: string): Promise<string | null> {
    if (size > PICTURE_BYTES) return t('cover.tooLarge', { megabytes: Math.ceil(size / 100_000) / 10 });
    const dimensions = await readDimensions(url);
    if (dimensions === null) return t('cover.unreadable');
    const width = Math.min(dimensions.width, dimensions.height * COVER_RATIO);
    return width < COVER_MIN_WIDTH ? validation('rule.pictureTooSmall') : null;
  }

  async function choose(file: File): Promise<void> {
    const next = { file, url: URL.createObjectURL(file) };
    const found = await problemOf(file, next.url);
    setProblem(found);
    if (found === null) setChosen(next);
    else URL.revokeObjectURL(next.url);
  }

  return {
    file: chosen?.file ?? null,
    url: url ?? null,
    problem,
    choose,
    clear: () => {
      setChosen(null);
      setProblem(null);
    },
  };
}

/** Null if the browser cannot show it. */
async function readDimensions(url: string): Promise<{ width: number; height: number } | null> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  }
}
