import { translatorFor } from '@mini-compete/messages/translator';
import { isolate } from '@mini-compete/shared/languages';
import { LRUCache } from 'lru-cache';
import { renderMarkdown } from '../../competitions/descriptions/markdown.js';
import { leaveLink } from '../../messaging/templates/leave-link.js';
import { ticketPath } from '../../messaging/templates/message-path.js';
import type { Participation } from '../../messaging/templates/participation.js';
import { formatTime, type Reader } from '../../messaging/templates/reader.js';
import type { Env } from '../../platform/config/env.js';
import { fillHtml, fillText, type PlaceholderValues } from './placeholders.js';

/** What an announcement says about its competition. */
export interface AnnouncedCompetition {
  readonly id: string;
  readonly title: string;
  readonly startDate: Date | null;
}

interface AnnouncementText {
  readonly subject: string;
  readonly body: string;
}

/** Null for the public, and a participation of null for staff, who get a test: they have nothing to leave. */
type Recipient = { readonly name: string; readonly participation: Participation | null } | null;

interface FilledIn {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The Markdown of an announcement is rendered once and not once per recipient, and kept while its page is read. */
const rendered = new LRUCache<string, string>({ max: 200 });

export function htmlOf(body: string): string {
  let html = rendered.get(body);
  if (html === undefined) {
    html = renderMarkdown(body);
    rendered.set(body, html);
  }
  return html;
}

/** The announcement as one person reads it. */
export function fillIn(
  { subject, body }: AnnouncementText,
  competition: AnnouncedCompetition,
  recipient: Recipient,
  reader: Reader,
  env: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
): FilledIn {
  const page = `${env.frontendUrl}/competitions/${competition.id}`;
  const values = valuesFor(competition, recipient, reader, env, page);
  return {
    subject: fillText(subject, values),
    text: fillText(body.replace(/\r\n?/g, '\n').trim(), values),
    html: fillHtml(htmlOf(body), values, page),
  };
}

function valuesFor(
  { id, title, startDate }: AnnouncedCompetition,
  recipient: Recipient,
  reader: Reader,
  { frontendUrl, jwtSecret }: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
  page: string,
): PlaceholderValues {
  const t = translatorFor(reader.language, 'mail');
  const quote = (value: string) => isolate(reader.language, value);
  const participation = recipient?.participation ?? null;
  return {
    name: recipient === null ? t('announcement.everyone') : quote(recipient.name),
    competition: quote(title),
    start: startDate === null ? t('announcement.noDate') : formatTime(reader, startDate),
    ticketLink: { url: frontendUrl + ticketPath(id), label: t('frame.showTicket') },
    leaveLink: {
      url: participation === null ? page : leaveLink(frontendUrl, jwtSecret, participation),
      label: t('frame.leave'),
    },
  };
}
