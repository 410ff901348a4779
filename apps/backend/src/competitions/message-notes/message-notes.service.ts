import type { Language } from '@mini-compete/shared/languages';
import type {
  MessageNote,
  MessageNotePreview,
  MessageNotes,
  NoteKind,
  SetMessageNote,
} from '@mini-compete/shared/message-notes';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { READER_COLUMNS, type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import { type CompetitionDetails, renderMessage } from '../../messaging/templates/render-message.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { ensurePermission, STAFF_ACCESS, type StaffAccess } from '../staff/staff-access.js';
import { sampleOf } from './sample-message.js';

/** Which note of a competition. */
export interface NoteKey {
  readonly competitionId: string;
  readonly kind: NoteKind;
  readonly language: Language;
}

/** What the staff adds to automatic messages. */
@Injectable()
export class MessageNotesService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly idempotency: IdempotencyService,
  ) {}

  async list(competitionId: string): Promise<MessageNotes> {
    const { rows } = await this.pool.query<MessageNote>({ name: 'notes_of', text: LIST, values: [competitionId] });
    return { items: rows };
  }

  /**
   * The text before comes from the statement that replaces it: the history names both, and two first edits at once find
   * no row that they could lock before.
   */
  set(note: NoteKey, { text }: SetMessageNote, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint(note, { text }) };
    return this.idempotency.run('MESSAGE_NOTE_SET', request, async (tx) => {
      await ensureMayEdit(tx, note, actor);
      // Their workers would send the messages without it.
      await ensureNoOlderServers(tx);
      const { competitionId, kind, language } = note;
      const [{ before, ...body }] = await tx.$queryRaw<[MessageNote & { before: string | null }]>`
        INSERT INTO message_notes (competition_id, kind, language, text)
        VALUES (${competitionId}::uuid, ${kind}::"MessageKind", ${language}, ${text})
        ON CONFLICT (competition_id, kind, language) DO UPDATE SET text = excluded.text, updated_at = now()
        RETURNING old.text AS before, new.kind, new.language, new.text, iso_instant(new.updated_at) AS "updatedAt"`;
      if (before !== text) await audit(tx, note, actor, { before, after: text });
      return { status: 200, body };
    });
  }

  /** Deleting it again changes nothing. */
  delete(note: NoteKey, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint(note, {}) };
    return this.idempotency.run('MESSAGE_NOTE_DELETE', request, async (tx) => {
      await ensureMayEdit(tx, note, actor);
      const { competitionId, kind, language } = note;
      const [deleted] = await tx.$queryRaw<{ before: string }[]>`
        DELETE FROM message_notes
        WHERE competition_id = ${competitionId}::uuid AND kind = ${kind}::"MessageKind" AND language = ${language}
        RETURNING text AS before`;
      if (deleted !== undefined) await audit(tx, note, actor, { before: deleted.before, after: null });
      return { status: 200, body: { kind, language } };
    });
  }

  /** As people will read it who read the language, with times of the actor's time zone. */
  async preview(note: NoteKey, { text }: SetMessageNote, actor: Principal): Promise<MessageNotePreview> {
    const values = [note.competitionId, actor.userId];
    const { rows } = await this.pool.query<CompetitionDetails & ReaderColumns>({
      name: 'note_preview',
      text: DETAILS,
      values,
    });
    const [row] = rows;
    if (row === undefined) throw new DomainError('COMPETITION_NOT_FOUND');
    const reader = readerOf({ ...row, language: note.language });
    const message = renderMessage(sampleOf(note.kind, row), reader, text);
    return { title: message.title, text: message.text };
  }
}

const LIST = `
  SELECT kind, language, text, iso_instant(updated_at) AS "updatedAt" FROM message_notes
  WHERE competition_id = $1 ORDER BY kind, language`;

const DETAILS = `
  SELECT c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location, ${READER_COLUMNS}
  FROM competitions c JOIN users u ON u.id = $2 WHERE c.id = $1 AND c.deleted_at IS NULL`;

/** Without the lock of the competition: a note concerns no seat, and people who register need not wait for it. */
async function ensureMayEdit(tx: Tx, { competitionId }: NoteKey, { userId }: Principal): Promise<void> {
  const [access] = await tx.$queryRawUnsafe<StaffAccess[]>(STAFF_ACCESS, competitionId, userId);
  ensurePermission(access, 'edit');
}

function audit(
  tx: Tx,
  { competitionId, kind, language }: NoteKey,
  { userId }: Principal,
  texts: { readonly before: string | null; readonly after: string | null },
): Promise<void> {
  const details = { kind, language, ...texts };
  return writeAudit(tx, { actorId: userId, action: 'competition.note_changed', subjectId: competitionId, details });
}
