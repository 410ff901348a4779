import { DEFAULT_LANGUAGE, type Language } from '@mini-compete/shared/languages';
import type { MessageKind } from '@mini-compete/shared/mailbox';
import { NOTE_KINDS } from '@mini-compete/shared/message-note-kinds';
import type { Queryable } from '../../platform/database/transaction.js';
import type { MessageContent } from '../templates/render-message.js';

interface About {
  readonly content: MessageContent;
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

/** The notes that a message may have; the first one that the staff has written is added. */
function noteKindsOf({ kind, params }: MessageContent): readonly MessageKind[] {
  // Who joins a team that has its seats gets no other confirmation.
  if (kind === 'TEAM_JOINED' && params.standing === 'SEATED') return ['TEAM_JOINED', 'CONFIRMED'];
  return KINDS.has(kind) ? [kind] : [];
}

/** What the staff adds to these messages: one query for a whole batch. */
export async function readNotes(db: Queryable, messages: readonly About[]): Promise<NoteOf> {
  const noted = messages.filter(
    ({ content, competitionId }) => competitionId !== undefined && noteKindsOf(content).length > 0,
  );
  if (noted.length === 0) return () => null;
  const { rows } = await db.query<NoteRow>({
    name: 'message_notes',
    text: `SELECT competition_id AS "competitionId", kind, language, text FROM message_notes
           WHERE competition_id = ANY ($1::uuid[]) AND kind = ANY ($2::"MessageKind"[])`,
    values: [
      [...new Set(noted.map(({ competitionId }) => competitionId))],
      [...new Set(noted.flatMap(({ content }) => noteKindsOf(content)))],
    ],
  });
  const notes = new Map(rows.map(({ text, ...row }) => [keyOf(row), text]));
  return ({ content, competitionId = '' }, language) => {
    for (const kind of noteKindsOf(content))
      for (const read of [language, DEFAULT_LANGUAGE]) {
        const note = notes.get(keyOf({ competitionId, kind, language: read }));
        if (note !== undefined) return note;
      }
    return null;
  };
}

const keyOf = ({ competitionId, kind, language }: Pick<NoteRow, 'competitionId' | 'kind' | 'language'>) =>
  `${competitionId} ${kind} ${language}`;
