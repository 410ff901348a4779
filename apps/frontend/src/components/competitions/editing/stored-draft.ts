'use client';

import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';

export type StoredDraft<Values> = { readonly savedAt: string; readonly values: Values };

const SAVE_AFTER_MS = 400;
const KEPT_FOR_MS = 30 * 86_400_000;

/** What identifies a draft: two people may use one browser, and one person edit two competitions. */
export const draftKey = (accountId: string, ...form: string[]) => ['draft', accountId, ...form].join(':');

/**
 * Keeps `values` in this browser while they are changed, and offers what an earlier visit has left. Storage may be full or
 * blocked: then there is no draft, and the form works as ever.
 */
export function useStoredDraft<Values>(
  key: string,
  schema: z.ZodType<Values>,
  values: Values,
  { isChanged, isWorthOffering }: { isChanged: boolean; isWorthOffering: (found: Values) => boolean },
) {
  const [offered, setOffered] = useState<StoredDraft<Values> | null>(null);
  /** What the next save writes. */
  const unsaved = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once, for what an earlier visit has left
  useEffect(() => {
    const found = readDraft(key, schema);
    if (found && isWorthOffering(found.values)) setOffered(found);
  }, [key]);
  const json = JSON.stringify(values);
  useEffect(() => {
    unsaved.current = isChanged ? `{"savedAt":"${new Date().toISOString()}","values":${json}}` : null;
    if (!isChanged) return;
    const timer = setTimeout(() => save(key, unsaved), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, json, isChanged]);
  // The form can go at any moment, for example because another manager cancels the competition: with it would go what was
  // typed last.
  useEffect(() => () => save(key, unsaved), [key]);
  const clear = () => {
    // Otherwise the next save would bring the draft back.
    unsaved.current = null;
    setOffered(null);
    removeDraft(key);
  };
  return { offered, clear, dismiss: () => setOffered(null) };
}

function save(key: string, unsaved: { current: string | null }): void {
  if (unsaved.current === null) return;
  try {
    localStorage.setItem(key, unsaved.current);
  } catch {
    // See useStoredDraft.
  }
  unsaved.current = null;
}

export function readDraft<Values>(key: string, schema: z.ZodType<Values>): StoredDraft<Values> | null {
  try {
    const stored = z.object({ savedAt: z.iso.datetime(), values: schema });
    const draft = stored.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data;
    return draft && Date.now() - Date.parse(draft.savedAt) < KEPT_FOR_MS ? draft : null;
  } catch {
    return null;
  }
}

export function removeDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // See useStoredDraft.
  }
}
