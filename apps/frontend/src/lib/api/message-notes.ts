import type { Language } from '@mini-compete/shared/languages';
import type { MessageNote, MessageNotePreview, MessageNotes, NoteKind } from '@mini-compete/shared/message-notes';
import type { Call } from './client';

type Key = { kind: NoteKind; language: Language };

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}/message-notes` as const;
const pathOf = (competitionId: string, { kind, language }: Key) =>
  `${path(competitionId)}/${kind}/${language}` as const;

export const listMessageNotes = (call: Call, competitionId: string) => call<MessageNotes>(path(competitionId));

export const setMessageNote = (call: Call, competitionId: string, note: Key, text: string, key: string) =>
  call<MessageNote>(pathOf(competitionId, note), {
    method: 'PUT',
    body: { text },
    headers: { 'idempotency-key': key },
  });

export const deleteMessageNote = (call: Call, competitionId: string, note: Key, key: string) =>
  call<unknown>(pathOf(competitionId, note), { method: 'DELETE', headers: { 'idempotency-key': key } });

export const previewMessageNote = (call: Call, competitionId: string, note: Key, text: string) =>
  call<MessageNotePreview>(`${pathOf(competitionId, note)}/preview`, { method: 'POST', body: { text } });
