import { z } from 'zod';
import { Instant, Language, multiLineText } from './common.js';
import { NOTE_KINDS, NOTE_MAX } from './message-note-kinds.js';
import { rule } from './validation-rules.js';

export const NoteKind = z.enum(NOTE_KINDS).meta({ id: 'NoteKind' });
export type NoteKind = z.infer<typeof NoteKind>;

/** What the staff adds to all messages of a kind. Plain text. */
export const MessageNote = z
  .object({ kind: NoteKind, language: Language, text: z.string(), updatedAt: Instant })
  .meta({ id: 'MessageNote' });
export type MessageNote = z.infer<typeof MessageNote>;

export const MessageNotes = z.object({ items: z.array(MessageNote) }).meta({ id: 'MessageNotes' });
export type MessageNotes = z.infer<typeof MessageNotes>;

export const SetMessageNote = z
  .strictObject({ text: multiLineText(NOTE_MAX).refine((text) => text.trim() !== '', rule('emptyText')) })
  .meta({ id: 'SetMessageNote' });
export type SetMessageNote = z.infer<typeof SetMessageNote>;

/** A message with the note, about made-up events. */
export const MessageNotePreview = z.object({ title: z.string(), text: z.string() }).meta({ id: 'MessageNotePreview' });
export type MessageNotePreview = z.infer<typeof MessageNotePreview>;
