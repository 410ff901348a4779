'use client';

import { directionOf, LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { NOTE_KINDS, NOTE_MAX } from '@mini-compete/shared/message-note-kinds';
import type { MessageNote, NoteKind } from '@mini-compete/shared/message-notes';
import { Check } from 'lucide-react';
import { useEffect } from 'react';
import { useLanguage, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select, Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names';
import { DraftOffer } from './draft-offer';
import { FormSection } from './form-section';
import { useMessageNotes } from './use-message-notes';

type Props = {
  competitionId: string;
  accountId: string;
  notes: readonly MessageNote[];
  onChanged: (isChanged: boolean) => void;
};

const TEXT_ID = 'note-text';
/** The button that removed the note is gone. */
const focusText = () => document.getElementById(TEXT_ID)?.focus();

/** One note at a time: for a kind of message and a language. Needs the texts of `messageNotes`. */
export function NotesSection({ competitionId, accountId, notes, onChanged }: Props) {
  const t = useTexts('messageNotes');
  const language = useLanguage();
  const note = useMessageNotes(competitionId, accountId, notes, { kind: 'CONFIRMED', language });
  const { shown, text, preview, done, busy, failure, hasChanges, draft } = note;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is another function at each rendering
  useEffect(() => onChanged(hasChanges), [hasChanges]);
  const named = (name: string, hasNote: boolean) => (hasNote ? t('hasNote', { name }) : name);
  return (
    <FormSection id="notes" title={t('title')} text={t('text')}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (note.isChanged) void note.save();
        }}
      >
        {draft.offered && <DraftOffer savedAt={draft.offered.savedAt} restore={note.restore} discard={draft.clear} />}
        <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_14rem]">
          <Field id="note-kind" label={t('message')}>
            {(control) => (
              <Select
                {...control}
                className="w-full"
                value={shown.kind}
                onChange={({ target }) => note.show({ kind: target.value as NoteKind })}
              >
                {NOTE_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {named(
                      t(`kind.${kind}`),
                      LANGUAGES.some((other) => note.hasNote({ kind, language: other })),
                    )}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="note-language" label={t('language')}>
            {(control) => (
              <Select
                {...control}
                className="w-full"
                value={shown.language}
                onChange={({ target }) => note.show({ language: target.value as Language })}
              >
                {LANGUAGES.map((other) => {
                  const hasNote = note.hasNote({ kind: shown.kind, language: other });
                  return (
                    // What is added to the name is in the language of the page.
                    <option key={other} value={other} lang={hasNote ? undefined : other}>
                      {named(LANGUAGE_NAMES[other], hasNote)}
                    </option>
                  );
                })}
              </Select>
            )}
          </Field>
        </div>
        <Field id={TEXT_ID} label={t('note')} help={t('help')} error={failure?.fields.get('text')}>
          {(control) => (
            <Textarea
              {...control}
              value={text}
              onChange={({ target }) => note.type(target.value)}
              rows={4}
              maxLength={NOTE_MAX}
              lang={shown.language}
              dir={directionOf(shown.language)}
              className="min-h-28"
            />
          )}
        </Field>
        {failure && failure.fields.size === 0 && (
          <Notice tone="error" live="assertive" title={failure.titleWithDetail} />
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" tone={note.isChanged ? 'primary' : 'secondary'} busy={busy}>
            {t('save')}
          </Button>
          <Button onClick={() => void note.showPreview()} disabled={busy || text.trim() === ''}>
            {t('preview')}
          </Button>
          {note.isSaved && (
            <Button tone="caution" onClick={() => void note.remove().then(focusText)} disabled={busy}>
              {t('remove')}
            </Button>
          )}
          <p role="status" className="flex items-center gap-1.5 text-sm font-semibold text-success">
            {done && <Check aria-hidden="true" className="size-4" />}
            {done && t(done)}
          </p>
        </div>
      </form>
      {preview && (
        <section aria-labelledby="note-preview" className="rounded-md border border-line bg-raised p-4">
          <h3 id="note-preview" className="text-sm text-muted">
            {t('previewTitle')}
          </h3>
          <div lang={shown.language} dir={directionOf(shown.language)} className="mt-2">
            <p className="font-semibold wrap-anywhere">{preview.title}</p>
            <p className="mt-2 text-sm whitespace-pre-line wrap-anywhere">{preview.text}</p>
          </div>
          <p className="mt-3 text-sm text-muted">{t('previewHelp')}</p>
        </section>
      )}
    </FormSection>
  );
}
