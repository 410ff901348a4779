import { Language } from '@mini-compete/shared/common';
import { MessageNote, MessageNotePreview, MessageNotes, NoteKind } from '@mini-compete/shared/message-notes';
import { z } from 'zod';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Organizing';
const path = '/api/competitions/{id}/message-notes';

export const MESSAGE_NOTES: RouteDocs = {
  [`GET ${path}`]: {
    tag,
    summary: 'List the notes in automatic messages',
    responses: { 200: MessageNotes },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  [`PUT ${path}/{kind}/{language}`]: {
    tag,
    summary: 'Add a note to automatic messages, or replace it',
    description:
      'Plain text at the end of each message of the kind that is written from then on. People read the note in their language, or else the English one.',
    responses: { 200: MessageNote },
    errors: ['COMPETITION_NOT_FOUND', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  [`DELETE ${path}/{kind}/{language}`]: {
    tag,
    summary: 'Remove a note',
    responses: { 200: z.object({ kind: NoteKind, language: Language }).meta({ id: 'MessageNoteDeleted' }) },
    errors: ['COMPETITION_NOT_FOUND'],
    key: true,
  },
  [`POST ${path}/{kind}/{language}/preview`]: {
    tag,
    summary: 'See a message with a note',
    description: 'Stores nothing. What the message says about a person is made up.',
    responses: { 200: MessageNotePreview },
    errors: ['COMPETITION_NOT_FOUND'],
  },
};
