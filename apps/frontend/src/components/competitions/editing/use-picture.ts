'use client';

import { PICTURE_BYTES } from '@mini-compete/shared/picture-limits';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';

/** A picture that was chosen and is not uploaded yet. What the browser can tell is told before it is sent. */
export function usePicture() {
  const t = useTexts('editing');
  const [chosen, setChosen] = useState<{ file: File; url: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const url = chosen?.url;
  // Otherwise the browser keeps the file in memory.
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url]);

  async function choose(file: File): Promise<void> {
    const megabytes = Math.ceil(file.size / 100_000) / 10;
    const isTooLarge = file.size > PICTURE_BYTES;
    const next = { file, url: URL.createObjectURL(file) };
    const found = isTooLarge
      ? t('cover.tooLarge', { megabytes })
      : (await canShow(next.url))
        ? null
        : t('cover.unreadable');
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

async function canShow(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return true;
  } catch {
    return false;
  }
}
