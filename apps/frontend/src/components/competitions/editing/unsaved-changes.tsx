'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { NOTE_KINDS } from '@mini-compete/shared/message-note-kinds';
import type { MessageNote, NoteKind } from '@mini-compete/shared/message-notes';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names';
import { CompetitionDraft } from './draft';
import { FormSection } from './form-section';
import { changedFields, FIELD_LABELS, fromCompetition, SECTIONS, type Section } from './form-values';
import { QuestionsDraft } from './questions-draft';
import { draftKey, readDraft, removeDraft } from './stored-draft';
import { useFieldText } from './use-field-text';
import { NotesDraft } from './use-message-notes';

type Props = { competition: Competition; accountId: string; notes: readonly MessageNote[] };
type Entry = { readonly label: string; readonly text: string };

const FORMS = [...(Object.keys(SECTIONS) as Section[]), 'questions', 'notes'];

/**
 * What was typed into the settings before somebody else canceled the competition: it can be copied, as nothing can be
 * saved anymore. Needs the texts of `editing` and `messageNotes`.
 */
export function UnsavedChanges({ competition, accountId, notes }: Props) {
  const t = useTexts('editing');
  const find = useEntries({ competition, accountId, notes });
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [copied, setCopied] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the forms have gone, whose last act is to keep what was typed
  useEffect(() => setEntries(find()), [competition.id]);
  if (entries.length === 0) return null;
  const copy = async () => {
    const text = entries.map(({ label, text }) => `${label}\n${text}`).join('\n\n');
    setCopied(
      await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
    );
  };
  const discard = () => {
    for (const form of FORMS) removeDraft(draftKey(accountId, competition.id, form));
    setEntries([]);
  };
  return (
    <FormSection id="unsaved" title={t('unsaved.title')} text={t('unsaved.text')}>
      <dl className="flex flex-col gap-4">
        {entries.map(({ label, text }) => (
          <div key={label}>
            <dt className="text-sm text-muted">{label}</dt>
            <dd dir="auto" className="mt-1 max-h-64 overflow-y-auto whitespace-pre-wrap wrap-anywhere">
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button
          size="sm"
          icon={
            copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />
          }
          onClick={() => void copy()}
        >
          {t('unsaved.copy')}
        </Button>
        <Button size="sm" tone="ghost" onClick={discard}>
          {t('draft.discard')}
        </Button>
        <p role="status" className="text-sm font-semibold text-success">
          {copied && t('unsaved.copied')}
        </p>
      </div>
    </FormSection>
  );
}

/** Reads the drafts of all forms of the settings. */
function useEntries({ competition, accountId, notes }: Props): () => Entry[] {
  const t = useTexts('editing');
  const messages = useTexts('messageNotes');
  const textOf = useFieldText();
  const keyOf = (form: string) => draftKey(accountId, competition.id, form);
  const saved = fromCompetition(competition);
  const fields = (section: Section): Entry[] => {
    const values = readDraft(keyOf(section), CompetitionDraft)?.values;
    if (values === undefined) return [];
    const changed = changedFields(values, saved);
    return SECTIONS[section]
      .filter((field) => changed.includes(field))
      .map((field) => ({ label: t(FIELD_LABELS[field]), text: textOf(field, values[field]) }));
  };
  const questions = (): Entry[] => {
    const drafts = readDraft(keyOf('questions'), QuestionsDraft)?.values ?? [];
    const lines = drafts.map(({ label, help, options }) => [label, help, options].filter(Boolean).join('\n'));
    const text = lines.filter(Boolean).join('\n\n');
    return text === '' ? [] : [{ label: t('fields.questions'), text }];
  };
  const typedNotes = (): Entry[] => {
    const typed = readDraft(keyOf('notes'), NotesDraft)?.values ?? {};
    const savedText = (kind: NoteKind, language: Language) =>
      notes.find((note) => note.kind === kind && note.language === language)?.text;
    return NOTE_KINDS.flatMap((kind) =>
      LANGUAGES.flatMap((language) => {
        const text = typed[`${kind} ${language}`] ?? '';
        if (text.trim() === '' || text === savedText(kind, language)) return [];
        return [{ label: `${messages(`kind.${kind}`)} · ${LANGUAGE_NAMES[language]}`, text }];
      }),
    );
  };
  return () => [...(Object.keys(SECTIONS) as Section[]).flatMap(fields), ...questions(), ...typedNotes()];
}
