import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { enqueueSql } from '../../platform/queue/outbox.js';
import { READER_COLUMNS, type Reader, type ReaderColumns, readerOf } from '../templates/reader.js';
import { type MessageContent, type RenderedMessage, renderMessage } from '../templates/render-message.js';
import { type NoteOf, readNotes } from './message-notes.js';

export interface Message {
  readonly userId: string;
  /** Many messages may share one object, and are then rendered once for each language and time zone. */
  readonly content: MessageContent;
  /** The registration, competition or session that the message is about. */
  readonly aboutId: string;
  /** Distinguishes a second message of a kind about one thing from a second run of the same job. */
  readonly occurrence?: string;
  readonly competitionId?: string;
  /** It is not mailed, even if SMTP is configured. */
  readonly mailboxOnly?: boolean;
  /** When the caller has read `READER_COLUMNS` already. */
  readonly reader?: Reader;
}

/** What the statement that writes the messages also does, to save a round trip. The values are $11 and the following. */
export interface WithMessages {
  readonly name: string;
  readonly ctes: string;
  readonly values: readonly unknown[];
}

/** Writes messages to mailboxes, and enqueues their delivery if SMTP is configured. */
@Injectable()
export class MessageSender {
  /** Whether messages are sent by mail too. */
  private readonly byMail: boolean;

  constructor(@Inject(ENV) env: Pick<Env, 'smtpUrl'>) {
    this.byMail = env.smtpUrl !== null;
  }

  /**
   * Renders each message for its recipient, as they read at this moment, and stores it as it will be shown and sent.
   * Idempotent: one message per recipient, kind, subject (`aboutId`) and occurrence.
   */
  async send(tx: Queryable, messages: readonly Message[], also?: WithMessages): Promise<void> {
    if (messages.length === 0) return;
    const readers = await findReaders(
      tx,
      messages.filter(({ reader }) => reader === undefined),
    );
    const noteOf = await readNotes(tx, messages);
    const rendered = renderAll(messages, readers, noteOf);
    await tx.query({
      name: also?.name ?? 'send_messages',
      text: sendSql(also?.ctes),
      values: [
        messages.map(({ mailboxOnly }) => this.byMail && mailboxOnly !== true),
        messages.map(({ userId }) => userId),
        messages.map(({ content }) => content.kind),
        messages.map(({ aboutId }) => aboutId),
        messages.map(({ occurrence }) => occurrence ?? ''),
        messages.map(({ competitionId }) => competitionId ?? null),
        rendered.map(({ language }) => language),
        rendered.map(({ title }) => title),
        rendered.map(({ text }) => text),
        rendered.map(({ html }) => html),
        ...(also?.values ?? []),
      ],
    });
  }
}

async function findReaders(tx: Queryable, messages: readonly Message[]): Promise<Map<string, Reader>> {
  if (messages.length === 0) return new Map();
  const { rows } = await tx.query<ReaderColumns & { id: string }>({
    name: 'readers',
    text: `SELECT u.id, ${READER_COLUMNS} FROM users u WHERE u.id = ANY ($1::uuid[])`,
    values: [messages.map(({ userId }) => userId)],
  });
  return new Map(rows.map(({ id, ...columns }) => [id, readerOf(columns)]));
}

const NOTHING_CHOSEN: ReaderColumns = { language: null, timeZone: null };

type Rendered = RenderedMessage & Pick<Reader, 'language'>;

function renderAll(messages: readonly Message[], readers: ReadonlyMap<string, Reader>, noteOf: NoteOf): Rendered[] {
  const byContent = new Map<MessageContent, Map<string, Rendered>>();
  return messages.map(
    ({ userId, content, competitionId, reader = readers.get(userId) ?? readerOf(NOTHING_CHOSEN) }) => {
      const byReader = byContent.get(content) ?? new Map<string, Rendered>();
      byContent.set(content, byReader);
      const { language } = reader;
      const key = `${competitionId} ${language} ${reader.timeZone}`;
      const note = noteOf({ content, competitionId }, language);
      const rendered = byReader.get(key) ?? { language, ...renderMessage(content, reader, note) };
      byReader.set(key, rendered);
      return rendered;
    },
  );
}

/** Mails about the account do not wait behind the backlog: if an intruder acted, each minute counts. */
const MAIL_QUEUE = `CASE WHEN kind IN ('NEW_SIGN_IN', 'ADDRESS_CHANGED') THEN 'security-mail' ELSE 'mail' END`;

const sendSql = (ctes = '') => `
  WITH message AS (
    SELECT * FROM unnest($2::uuid[], $3::"MessageKind"[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[],
                         $1::boolean[], $10::text[])
      AS m (user_id, kind, about_id, occurrence, competition_id, language, title, text, by_mail, html)
  ), sent AS (
    INSERT INTO mailbox_messages (user_id, kind, about_id, occurrence, competition_id, language, title, text, html, delivery)
    SELECT user_id, kind, about_id, occurrence, competition_id, language, title, text, html,
           CASE WHEN by_mail THEN 'QUEUED' ELSE 'MAILBOX' END::"Delivery" FROM message
    ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING
    RETURNING id, kind, delivery
  ), mailed AS (
    ${enqueueSql('send', { messageId: 'id' }, `FROM sent WHERE delivery = 'QUEUED'`, { queue: MAIL_QUEUE })}
    RETURNING id
  )${ctes}
  SELECT pg_notify('outbox', '') FROM mailed LIMIT 1`;
