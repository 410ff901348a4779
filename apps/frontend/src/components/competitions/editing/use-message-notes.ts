import type { Language } from '@mini-compete/shared/languages';
import type { MessageNote, MessageNotePreview, NoteKind } from '@mini-compete/shared/message-notes';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { z } from 'zod';
import { call } from '@/lib/api/client';
import { deleteMessageNote, previewMessageNote, setMessageNote } from '@/lib/api/message-notes';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { draftKey, useStoredDraft } from './stored-draft';

type Key = { kind: NoteKind; language: Language };
type Texts = Readonly<Record<string, string>>;

/** What is kept of unsaved notes, by `CONFIRMED de`. */
export const NotesDraft = z.record(z.string().max(60), z.string().max(10_000));

const nameOf = ({ kind, language }: Key) => `${kind} ${language}`;
const without = (texts: Texts, name: string): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([other]) => other !== name));

/** The notes of a competition, one of which is shown. What was typed in the others is kept, as a draft in this browser too. */
export function useMessageNotes(competitionId: string, accountId: string, notes: readonly MessageNote[], initial: Key) {
  const router = useRouter();
  const [saved, setSaved] = useState<Texts>(Object.fromEntries(notes.map((note) => [nameOf(note), note.text])));
  const [typed, setTyped] = useState<Texts>({});
  const [shown, setShown] = useState(initial);
  const [preview, setPreview] = useState<MessageNotePreview | null>(null);
  const [done, setDone] = useState<'saved' | 'removed' | null>(null);
  const { busy, failure, run, clear } = useSubmit();
  const differs = (texts: Texts) => Object.entries(texts).some(([other, value]) => value !== (saved[other] ?? ''));
  const hasChanges = differs(typed);
  const draft = useStoredDraft(draftKey(accountId, competitionId, 'notes'), NotesDraft, typed, {
    isChanged: hasChanges,
    isWorthOffering: differs,
  });
  const name = nameOf(shown);
  const savedText = saved[name] ?? '';
  const text = typed[name] ?? savedText;

  const settle = (what: NonNullable<typeof done>, next: Texts) => {
    setSaved(next);
    const others = without(typed, name);
    setTyped(others);
    if (!differs(others)) draft.clear();
    setDone(what);
    // The page that is kept for going back has the notes from before.
    router.refresh();
  };
  const reset = () => {
    setPreview(null);
    setDone(null);
    clear();
  };
  const remove = () =>
    run(async () => {
      await deleteMessageNote(call, competitionId, shown, newIdempotencyKey());
      setPreview(null);
      settle('removed', without(saved, name));
    });
  return {
    shown,
    text,
    preview,
    done,
    busy,
    failure,
    isSaved: savedText !== '',
    isChanged: text !== savedText,
    hasChanges,
    draft,
    restore: () => {
      if (draft.offered) setTyped(draft.offered.values);
      draft.dismiss();
      reset();
    },
    hasNote: (key: Key) => nameOf(key) in saved,
    show: (changes: Partial<Key>) => {
      setShown({ ...shown, ...changes });
      reset();
    },
    type: (value: string) => {
      setTyped({ ...typed, [name]: value });
      reset();
    },
    remove,
    /** An empty note is none. */
    save: () =>
      text.trim() === ''
        ? remove()
        : run(async () => {
            const note = await setMessageNote(call, competitionId, shown, text, newIdempotencyKey());
            settle('saved', { ...saved, [name]: note.text });
          }),
    showPreview: () => run(async () => setPreview(await previewMessageNote(call, competitionId, shown, text))),
  };
}
