import { DEFAULT_LANGUAGE, type Language } from '@mini-compete/shared/languages';
import type { MessageKind } from '@mini-compete/shared/mailbox';
import { NOTE_KINDS } from '@mini-compete/shared/message-note-kinds';
import type { Queryable } from '../../platform/database/transaction.js';

interface About {
  readonly kind: MessageKind;
  readonly competitionId?: string | undefined;
}

/** The note of a message for a reader of the language, or else the English one; null without either. */
export type NoteOf = (about: About, language: Language) => string | null;

interface NoteRow {
  readonly competitionId: string;
  readonly kind: MessageKind;
  readonly language: Language;
  readonly text: string;
}

const KINDS: ReadonlySet<MessageKind> = new Set(NOTE_KINDS);

/** What the staff adds to these messages: one query for a whole batch. */
export async function readNotes(db: Queryable, messages: readonly About[]): Promise<NoteOf> {
  const noted = messages.filter(({ kind, competitionId }) => competitionId !== undefined && KINDS.has(kind));
  if (noted.length === 0) return () => null;
  const { rows } = await db.query<NoteRow>({
    name: 'message_notes',
    text: `SELECT competition_id AS "competitionId", kind, language, text FROM message_notes
           WHERE competition_id = ANY ($1::uuid[]) AND kind = ANY ($2::"MessageKind"[])`,
    values: [
      [...new Set(noted.map(({ competitionId }) => competitionId))],
      [...new Set(noted.map(({ kind }) => kind))],
    ],
  });
  const notes = new Map(rows.map(({ text, ...row }) => [keyOf(row, row.language), text]));
  return (about, language) => notes.get(keyOf(about, language)) ?? notes.get(keyOf(about, DEFAULT_LANGUAGE)) ?? null;
}

const keyOf = ({ competitionId, kind }: About, language: Language) => `${competitionId} ${kind} ${language}`;
