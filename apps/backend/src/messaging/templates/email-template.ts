import { translatorFor } from '@mini-compete/messages/translator';
import { directionOf, isolate, type Language } from '@mini-compete/shared/languages';
import type { MessageKind } from '@mini-compete/shared/mailbox';
import type { Env } from '../../platform/config/env.js';
import { escapeHtml } from './escape-html.js';
import { leaveLink } from './leave-link.js';
import { messagePath, ticketPath } from './message-path.js';
import type { Participation } from './participation.js';
import { DETAIL_SEPARATOR, type RenderedMessage } from './render-message.js';
import { type UnsubscribeLinks, unsubscribeLinks } from './unsubscribe-link.js';

/** A message in the database, and the name of its recipient. */
export interface StoredMessage {
  readonly kind: MessageKind;
  readonly aboutId: string;
  /** Of title and text; the rest of the mail is in the same language. */
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  readonly html: string | null;
  readonly competitionId: string | null;
  readonly recipient: string;
  /** What the links in the mail are about: the registration that the message is about, or through which an announcement came. */
  readonly participation: Participation | null;
  /** The registration is a team's, and somebody else is its captain. */
  readonly isMemberOnly: boolean;
}

/** What the text and the HTML part of a mail are rendered from. */
export interface EmailContent {
  readonly language: Language;
  readonly title: string;
  /** Null for an address without an account, whose owner's name is unknown. */
  readonly recipient: string | null;
  /** Paragraphs separated by empty lines. A paragraph of lines with a label and a value becomes a table. */
  readonly text: string;
  /** The text with its formats, safe to show. Without it, the paragraphs of `text` are shown. */
  readonly html?: string;
  readonly action: { readonly label: string; readonly url: string };
  /** Of a team, it ends the membership of the recipient alone. */
  readonly leave?: { readonly url: string; readonly isOfTeam: boolean };
  /** For announcements only: nobody can unsubscribe from what concerns their own registration. */
  readonly unsubscribe?: UnsubscribeLinks;
  /** The QR code of the ticket is attached to the mail. */
  readonly ticket?: { readonly number: string; readonly url: string };
  /** A code to type, shown large. */
  readonly code?: string;
  /** Null for an address without an account. */
  readonly mailboxUrl: string | null;
}

const WITH_LEAVE_LINK: ReadonlySet<MessageKind> = new Set([
  'CONFIRMED',
  'PROMOTED',
  'HELD',
  'HOLD_ENDING',
  'REMINDER',
  'TEAM_JOINED',
]);
export const WITH_CALENDAR: ReadonlySet<MessageKind> = new Set([
  'CONFIRMED',
  'PROMOTED',
  'REMINDER',
  'COMPETITION_CHANGED',
]);

/** To people who have a seat, if they still have it when the mail is sent. */
export const WITH_TICKET: ReadonlySet<MessageKind> = new Set(['CONFIRMED', 'PROMOTED', 'REMINDER', 'TEAM_JOINED']);
/** The Content-ID of the picture. */
export const TICKET_PICTURE = 'ticket';

/** The button of kinds that ask for more than a look at the page of a competition. */
const ACTIONS = {
  HELD: 'frame.confirmSeat',
  HOLD_ENDING: 'frame.confirmSeat',
  NEW_SIGN_IN: 'frame.reviewSessions',
  ADDRESS_CHANGED: 'frame.openProfile',
  STAFF_INVITED: 'frame.viewInvitation',
  INVITED: 'frame.viewInvitation',
  STAFF_JOINED: 'frame.viewStaff',
  STAFF_ROLE_CHANGED: 'frame.manageCompetition',
  TEAM_JOINED: 'frame.viewTeam',
  TEAM_CHANGED: 'frame.viewTeam',
  TEAM_BELOW_MINIMUM: 'frame.viewTeam',
} as const satisfies Partial<Record<MessageKind, string>>;
/** Only the captain of a team can confirm its seats. */
const actionOf = (kind: MessageKind, isMemberOnly = false) =>
  kind in ACTIONS && !(isMemberOnly && ACTIONS[kind as keyof typeof ACTIONS] === 'frame.confirmSeat')
    ? ACTIONS[kind as keyof typeof ACTIONS]
    : 'frame.viewCompetition';

/** The mail of a mailbox message. Its links lead to FRONTEND_URL only. */
export function emailFor(
  message: StoredMessage,
  { frontendUrl, jwtSecret }: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
  ticket: { readonly number: string } | null = null,
): EmailContent {
  const { kind, competitionId, language, title, text, html, recipient, participation, isMemberOnly } = message;
  const t = translatorFor(language, 'mail');
  return {
    language,
    title,
    text,
    recipient,
    action: {
      label: t(actionOf(kind, isMemberOnly)),
      url: frontendUrl + messagePath(message, jwtSecret),
    },
    ...(html !== null && { html }),
    ...(participation !== null &&
      kind === 'ANNOUNCEMENT' && { unsubscribe: unsubscribeLinks(frontendUrl, jwtSecret, participation) }),
    ...(participation !== null &&
      WITH_LEAVE_LINK.has(kind) && {
        leave: { url: leaveLink(frontendUrl, jwtSecret, participation), isOfTeam: participation.userId !== null },
      }),
    ...(ticket !== null &&
      competitionId !== null && {
        ticket: { number: ticket.number, url: frontendUrl + ticketPath(competitionId) },
      }),
    mailboxUrl: mailboxUrl(frontendUrl),
  };
}

/** The mail with the link for a new password, which has no message in the mailbox. */
export function resetLinkEmail(recipient: string, language: Language, url: string, frontendUrl: string): EmailContent {
  const t = translatorFor(language, 'mail');
  return {
    language,
    title: t('resetLink.title'),
    text: `${t('resetLink.text')}\n\n${t('resetLink.note')}`,
    recipient,
    action: { label: t('frame.setPassword'), url },
    mailboxUrl: mailboxUrl(frontendUrl),
  };
}

interface VerificationMail {
  readonly recipient: string;
  readonly language: Language;
  readonly code: string;
  readonly url: string;
  readonly frontendUrl: string;
}

/** The mail with the code that proves an address, which has no message in the mailbox. */
export function verificationEmail({ recipient, language, code, url, frontendUrl }: VerificationMail): EmailContent {
  const t = translatorFor(language, 'mail');
  return {
    language,
    // In the subject too: the notification of the mail is enough to read it.
    title: t('verify.title', { code }),
    text: `${t('verify.text')}\n\n${t('verify.note')}`,
    recipient,
    code,
    action: { label: t('frame.verify'), url },
    mailboxUrl: mailboxUrl(frontendUrl),
  };
}

/** A mail to an address without an account, about an invitation. */
export function emailWithoutAccount(
  kind: MessageKind,
  { title, text }: RenderedMessage,
  language: Language,
  url: string,
): EmailContent {
  const label = translatorFor(language, 'mail')(actionOf(kind));
  return { title, text, language, recipient: null, action: { label, url }, mailboxUrl: null };
}

const mailboxUrl = (frontendUrl: string): string => `${frontendUrl}/mailbox`;

export function renderText(content: EmailContent): string {
  const { language, recipient, text, html, ticket, code, action, leave, unsubscribe, mailboxUrl } = content;
  const t = translatorFor(language, 'mail');
  return [
    // What the staff wrote begins with its own greeting, or with none.
    ...(html === undefined ? [greeting(language, recipient)] : []),
    ...(code === undefined ? [] : [code]),
    text,
    ...(ticket === undefined
      ? []
      : [`${t('frame.ticket')}: ${t('frame.ticketNumber', { number: ticket.number })}\n${ticket.url}`]),
    `${action.label}:\n${action.url}`,
    ...(leave === undefined ? [] : [`${t('frame.leaveQuestion')} ${t(leaveText(leave))}:\n${leave.url}`]),
    ...(unsubscribe === undefined
      ? []
      : [`${t('frame.unsubscribeQuestion')} ${t('frame.unsubscribe')}:\n${unsubscribe.pageUrl}`]),
    `-- \n${mailboxUrl === null ? t('frame.footerInvited') : `${footer(content)}\n${t('frame.mailbox')}: ${mailboxUrl}`}`,
  ].join('\n\n');
}

/**
 * Tables and inline styles, because Outlook ignores most other CSS. The style element adds dark mode and small screens
 * for mail programs that support them. The outer table has language and direction too, because Gmail drops `html` and
 * `body`. All user input goes through `escapeHtml`.
 */
export function renderHtml(content: EmailContent): string {
  const { language, title, recipient, text, html, ticket, code, action, leave, unsubscribe, mailboxUrl } = content;
  const t = translatorFor(language, 'mail');
  const direction = directionOf(language);
  const [preview = ''] = text.split('\n', 1);
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#fbf9f4;">
<div style="display:none;max-height:0;overflow:hidden;">${escapeHtml(preview)}</div>
<table role="presentation" class="page" lang="${language}" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fbf9f4;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;">
<tr><td class="soft" style="padding:0 8px 16px;${FONT}font-size:15px;font-weight:700;color:#585149;">${SEATS}Mini Compete</td></tr>
<tr><td class="card" style="background:#fffefc;border:1px solid #e1ded7;border-radius:16px;padding:32px;">
<h1 class="strong" style="margin:0 0 20px;${FONT}font-size:24px;line-height:1.25;font-weight:700;color:#211b14;">${escapeHtml(title)}</h1>
${html === undefined ? paragraph(greeting(language, recipient)) : ''}
${code === undefined ? '' : codeBlock(code)}
${html === undefined ? paragraphs(text, direction) : formatted(html)}
${ticket === undefined ? '' : ticketBlock(language, ticket)}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0 4px;"><tr>
<td class="button" bgcolor="#263dd1" style="border-radius:10px;background:#263dd1;"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:13px 22px;${FONT}font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;">${escapeHtml(action.label)}</a></td>
</tr></table>
${leave === undefined ? '' : `<p class="soft" style="margin:20px 0 0;${FONT}font-size:14px;line-height:1.5;color:#585149;">${t('frame.leaveQuestion')} <a class="link" href="${escapeHtml(leave.url)}" style="color:#263dd1;">${t(leaveText(leave))}</a></p>`}
</td></tr>
<tr><td class="soft" style="padding:20px 8px 0;${FONT}font-size:13px;line-height:1.5;color:#585149;">${mailboxUrl === null ? t('frame.footerInvited') : `${footer(content)}<br><a class="link" href="${escapeHtml(mailboxUrl)}" style="color:#263dd1;">${t('frame.mailbox')}</a>`}${unsubscribe === undefined ? '' : `<br>${t('frame.unsubscribeQuestion')} <a class="link" href="${escapeHtml(unsubscribe.pageUrl)}" style="color:#263dd1;">${t('frame.unsubscribe')}</a>`}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>`;
}

const leaveText = ({ isOfTeam }: NonNullable<EmailContent['leave']>) => (isOfTeam ? 'frame.leaveTeam' : 'frame.leave');

const footer = ({ language, unsubscribe }: EmailContent): string =>
  translatorFor(language, 'mail')(unsubscribe === undefined ? 'frame.footer' : 'frame.footerAnnouncement');

function greeting(language: Language, recipient: string | null): string {
  const t = translatorFor(language, 'mail');
  return recipient === null ? t('frame.greetingOnly') : t('frame.greeting', { name: isolate(language, recipient) });
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
/** The logo (two taken seats and a free one) as styled spans: mail programs block images. */
const seat = (kind: 'taken' | 'free') =>
  `<span class="seat ${kind}" style="display:inline-block;width:9px;height:9px;margin:0 1.5px;border-radius:3px;border:1.5px solid #263dd1;${kind === 'taken' ? 'background:#263dd1;' : ''}"></span>`;
const SEATS = `${seat('taken').repeat(2)}${seat('free')}&nbsp;&nbsp;`;
const STYLE = `
@media (prefers-color-scheme: dark) {
  .page { background: #141210 !important; }
  .card { background: #1f1c1a !important; border-color: #383532 !important; }
  .strong, .text { color: #efece7 !important; }
  .soft { color: #b3afa7 !important; }
  .seat { border-color: #a2b3ff !important; }
  .seat.taken { background: #a2b3ff !important; }
  .link, .formatted a { color: #a2b3ff !important; }
  .button { background: #a2b3ff !important; }
  .button a { color: #101428 !important; }
}
.formatted p { margin: 0 0 14px; }
.formatted a { color: #263dd1; }
@media (max-width: 480px) { .card { padding: 24px 20px !important; } }
`;

const paragraph = (text: string) =>
  `<p class="text" style="margin:0 0 14px;${FONT}font-size:16px;line-height:1.55;color:#211b14;">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

const paragraphs = (text: string, direction: 'ltr' | 'rtl') =>
  text
    .split('\n\n')
    .map((block) => detailsTable(block, direction) ?? paragraph(block))
    .join('\n');

/** The language is that of the staff, and may not be that of the frame. */
const formatted = (html: string) =>
  `<div class="text formatted" dir="auto" style="${FONT}font-size:16px;line-height:1.55;color:#211b14;">${html}</div>`;

/** Left to right in every language, and selectable as one word. */
const codeBlock = (code: string) =>
  `<p class="text" dir="ltr" style="margin:0 0 18px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:32px;line-height:1.3;font-weight:700;letter-spacing:0.18em;color:#211b14;">${escapeHtml(code)}</p>`;

/** White in dark mode too: readers need the contrast. The number helps where the picture is not shown. */
function ticketBlock(language: Language, { number, url }: NonNullable<EmailContent['ticket']>): string {
  const t = translatorFor(language, 'mail');
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0 0;"><tr>
<td bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e1ded7;border-radius:12px;padding:8px;"><a href="${escapeHtml(url)}"><img src="cid:${TICKET_PICTURE}" width="212" height="212" alt="${escapeHtml(t('frame.ticketPicture'))}" style="display:block;border:0;"></a></td>
</tr></table>
<p class="text" style="margin:10px 0 0;${FONT}font-size:16px;line-height:1.5;color:#211b14;"><strong>${t('frame.ticketNumber', { number: `<bdi dir="ltr">${escapeHtml(number)}</bdi>` })}</strong></p>
<p class="soft" style="margin:4px 0 0;${FONT}font-size:14px;line-height:1.5;color:#585149;">${t('frame.ticketHint')} <a class="link" href="${escapeHtml(url)}" style="color:#263dd1;">${t('frame.showTicket')}</a></p>`;
}

const DETAIL = new RegExp(`^(.+?)${DETAIL_SEPARATOR}(.+)$`);

/** A table of a paragraph whose lines all have a label and a value; null for any other paragraph. */
function detailsTable(block: string, direction: 'ltr' | 'rtl'): string | null {
  const details = block.split('\n').map((line) => DETAIL.exec(line));
  if (details.some((detail) => detail === null)) return null;
  // Sides and no logical properties, because Outlook ignores those.
  const padding = direction === 'rtl' ? '3px 0 3px 16px' : '3px 16px 3px 0';
  const rows = details.map(
    (detail) =>
      `<tr><td class="soft" valign="top" style="padding:${padding};${FONT}font-size:14px;line-height:1.5;color:#585149;">${escapeHtml(detail?.[1] ?? '')}</td><td class="text" style="padding:3px 0;${FONT}font-size:16px;line-height:1.4;color:#211b14;">${escapeHtml(detail?.[2] ?? '')}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px;">${rows.join('')}</table>`;
}
