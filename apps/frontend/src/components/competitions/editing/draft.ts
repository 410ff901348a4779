'use client';

import { VISIBILITIES } from '@mini-compete/shared/visibility';
import { useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { type CompetitionValues, changedFields, type FieldName } from './form-values';

const text = z.string().max(50_000);
const Draft = z.object({
  savedAt: z.iso.datetime(),
  values: z.object({
    title: text,
    tags: text,
    capacity: text,
    waitlist: z.boolean(),
    regOpensAt: text,
    regDeadline: text,
    startDate: text,
    endDate: text,
    location: text,
    description: text,
    // What the previous version has stored has none.
    visibility: z.enum(VISIBILITIES).default('DRAFT'),
    admissionMode: z.enum(['FIRST_COME', 'APPROVAL']).default('FIRST_COME'),
    decisionsBy: text.default(''),
    confirmWithinHours: text.default(''),
    promoteUntil: text.default(''),
  }),
});
type Draft = z.infer<typeof Draft>;

const SAVE_AFTER_MS = 400;
const KEPT_FOR_MS = 30 * 86_400_000;

/** What identifies a draft: two people may use one browser, and one person edit two competitions. */
export const draftKey = (accountId: string, ...form: string[]) => ['draft', accountId, ...form].join(':');

/**
 * Keeps the values of a form in this browser while its fields differ from `base`, and offers those that an earlier visit
 * has left. Storage may be full or blocked: then there is no draft, and the form works as ever.
 */
export function useDraft(
  key: string,
  fields: readonly FieldName[],
  values: CompetitionValues,
  base: CompetitionValues,
) {
  const [offered, setOffered] = useState<Draft | null>(null);
  const finished = useRef(false);
  const differs = (some: CompetitionValues) => changedFields(some, base).some((field) => fields.includes(field));
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once, for what an earlier visit has left
  useEffect(() => {
    const found = read(key);
    if (found && differs(found.values)) setOffered(found);
  }, [key]);
  const json = useMemo(() => JSON.stringify(values), [values]);
  const isChanged = differs(values);
  useEffect(() => {
    if (!isChanged) return;
    finished.current = false;
    const timer = setTimeout(() => {
      if (!finished.current) write(key, `{"savedAt":"${new Date().toISOString()}","values":${json}}`);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, json, isChanged]);
  const clear = () => {
    // A save that is waiting would bring the draft back.
    finished.current = true;
    setOffered(null);
    remove(key);
  };
  return { offered, clear, dismiss: () => setOffered(null) };
}

function read(key: string): Draft | null {
  try {
    const draft = Draft.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data;
    return draft && Date.now() - Date.parse(draft.savedAt) < KEPT_FOR_MS ? draft : null;
  } catch {
    return null;
  }
}

function write(key: string, draft: string): void {
  try {
    localStorage.setItem(key, draft);
  } catch {
    // See useDraft.
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // See useDraft.
  }
}
