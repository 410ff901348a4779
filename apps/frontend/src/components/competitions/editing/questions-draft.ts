'use client';

import { QUESTION_KINDS, QUESTIONS_MAX } from '@mini-compete/shared/question-limits';
import { useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import type { DraftQuestion } from '@/components/competitions/questions/draft-question';

const text = z.string().max(50_000);
const Stored = z.object({
  savedAt: z.iso.datetime(),
  drafts: z
    .array(
      z.object({
        id: z.string().max(40),
        kind: z.enum(QUESTION_KINDS),
        label: text,
        help: text,
        required: z.boolean(),
        options: text,
        min: text,
        max: text,
      }),
    )
    .max(QUESTIONS_MAX),
});
type Stored = z.infer<typeof Stored>;

const SAVE_AFTER_MS = 400;
const KEPT_FOR_MS = 30 * 86_400_000;

/** Keeps unsaved questions in this browser, and offers those of an earlier visit: like `useDraft` for the other fields. */
export function useQuestionsDraft(key: string, drafts: readonly DraftQuestion[], isChanged: boolean) {
  const [offered, setOffered] = useState<Stored | null>(null);
  const finished = useRef(false);
  const json = useMemo(() => JSON.stringify(drafts), [drafts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once, for what an earlier visit has left
  useEffect(() => {
    const found = read(key);
    if (found && JSON.stringify(found.drafts) !== json) setOffered(found);
  }, [key]);
  useEffect(() => {
    if (!isChanged) return;
    finished.current = false;
    const timer = setTimeout(() => {
      if (!finished.current) store(key, `{"savedAt":"${new Date().toISOString()}","drafts":${json}}`);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, json, isChanged]);
  const clear = () => {
    // A save that is waiting would bring the draft back.
    finished.current = true;
    setOffered(null);
    store(key, null);
  };
  return { offered, clear, dismiss: () => setOffered(null) };
}

function read(key: string): Stored | null {
  try {
    const stored = Stored.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data;
    return stored && Date.now() - Date.parse(stored.savedAt) < KEPT_FOR_MS ? stored : null;
  } catch {
    return null;
  }
}

function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is full or blocked: there is no draft, and the form works as ever.
  }
}
