import type { MessageKind } from '@mini-compete/shared/mailbox';
import type { Env } from '../../platform/config/env.js';
import { leaveLink } from './leave-link.js';

/** A message in the database, and the name of its recipient. */
export interface StoredMessage {
  readonly kind: MessageKind;
  readonly aboutId: string;
  readonly title: string;
  readonly text: string;
  readonly competitionId: string | null;
  readonly recipient: string;
}

/** What the text and the HTML part of a mail are rendered from. */
export interface EmailContent {
  readonly title: string;
  readonly recipient: string;
  /** Paragraphs separated by empty lines. A paragraph of lines such as "When: …" becomes a table. */
  readonly text: string;
  readonly action: { readonly label: string; readonly url: string };
  readonly leaveUrl?: string;
  readonly footer: { readonly text: string; readonly label: string; readonly url: string };
}

const WITH_LEAVE_LINK: ReadonlySet<MessageKind> = new Set(['CONFIRMED', 'PROMOTED', 'REMINDER']);
export const WITH_CALENDAR: ReadonlySet<MessageKind> = new Set([
  'CONFIRMED',
  'PROMOTED',
  'REMINDER',
  'COMPETITION_CHANGED',
]);

/** The mail of a mailbox message. Its links lead to FRONTEND_URL only. */
export function emailFor(
  message: StoredMessage,
  { frontendUrl, jwtSecret }: Pick<Env, 'frontendUrl' | 'jwtSecret'>,
): EmailContent {
  const { kind, aboutId, title, text, competitionId, recipient } = message;
  return {
    title,
    text,
    recipient,
    action:
      competitionId === null
        ? { label: 'See where you are signed in', url: `${frontendUrl}/profile` }
        : { label: 'View the competition', url: `${frontendUrl}/competitions/${competitionId}` },
    ...(WITH_LEAVE_LINK.has(kind) && { leaveUrl: leaveLink(frontendUrl, jwtSecret, aboutId) }),
    footer: footer(frontendUrl),
  };
}

export const footer = (frontendUrl: string): EmailContent['footer'] => ({
  text: 'You get this because you have an account at Mini Compete.',
  label: 'All your messages',
  url: `${frontendUrl}/mailbox`,
});

const LEAVE = { before: 'You cannot come?', label: 'Leave the competition' };

export function renderText({ recipient, text, action, leaveUrl, footer }: EmailContent): string {
  return [
    `Hello ${recipient},`,
    text,
    `${action.label}:\n${action.url}`,
    ...(leaveUrl === undefined ? [] : [`${LEAVE.before} ${LEAVE.label}:\n${leaveUrl}`]),
    `-- \n${footer.text}\n${footer.label}: ${footer.url}`,
  ].join('\n\n');
}

/**
 * Tables and inline styles, because Outlook ignores most other CSS. The style element adds dark mode and small screens
 * for mail programs that support them. All user input goes through `escapeHtml`.
 */
export function renderHtml({ title, recipient, text, action, leaveUrl, footer }: EmailContent): string {
  const [preview = ''] = text.split('\n', 1);
  return `<!doctype html>
<html lang="en" dir="ltr">
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
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fbf9f4;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;">
<tr><td class="soft" style="padding:0 8px 16px;${FONT}font-size:15px;font-weight:700;color:#585149;">${SEATS}Mini Compete</td></tr>
<tr><td class="card" style="background:#fffefc;border:1px solid #e1ded7;border-radius:16px;padding:32px;">
<h1 class="strong" style="margin:0 0 20px;${FONT}font-size:24px;line-height:1.25;font-weight:700;color:#211b14;">${escapeHtml(title)}</h1>
${paragraph(`Hello ${recipient},`)}
${text
  .split('\n\n')
  .map((block) => detailsTable(block) ?? paragraph(block))
  .join('\n')}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0 4px;"><tr>
<td class="button" bgcolor="#263dd1" style="border-radius:10px;background:#263dd1;"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:13px 22px;${FONT}font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;">${escapeHtml(action.label)}</a></td>
</tr></table>
${leaveUrl === undefined ? '' : `<p class="soft" style="margin:20px 0 0;${FONT}font-size:14px;line-height:1.5;color:#585149;">${LEAVE.before} <a class="link" href="${escapeHtml(leaveUrl)}" style="color:#263dd1;">${LEAVE.label}</a></p>`}
</td></tr>
<tr><td class="soft" style="padding:20px 8px 0;${FONT}font-size:13px;line-height:1.5;color:#585149;">${escapeHtml(footer.text)}<br><a class="link" href="${escapeHtml(footer.url)}" style="color:#263dd1;">${escapeHtml(footer.label)}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>`;
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
/** The logo (two taken seats and a free one) as styled spans: mail programs block images. */
const seat = (kind: 'taken' | 'free') =>
  `<span class="seat ${kind}" style="display:inline-block;width:9px;height:9px;margin-right:3px;border-radius:3px;border:1.5px solid #263dd1;${kind === 'taken' ? 'background:#263dd1;' : ''}"></span>`;
const SEATS = `${seat('taken').repeat(2)}${seat('free')}&nbsp;&nbsp;`;
const STYLE = `
@media (prefers-color-scheme: dark) {
  .page { background: #141210 !important; }
  .card { background: #1f1c1a !important; border-color: #383532 !important; }
  .strong, .text { color: #efece7 !important; }
  .soft { color: #b3afa7 !important; }
  .seat { border-color: #a2b3ff !important; }
  .seat.taken { background: #a2b3ff !important; }
  .link { color: #a2b3ff !important; }
  .button { background: #a2b3ff !important; }
  .button a { color: #101428 !important; }
}
@media (max-width: 480px) { .card { padding: 24px 20px !important; } }
`;

const paragraph = (text: string) =>
  `<p class="text" style="margin:0 0 14px;${FONT}font-size:16px;line-height:1.55;color:#211b14;">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

/** A table of a paragraph whose lines all look like "When: …"; null for any other paragraph. */
function detailsTable(block: string): string | null {
  const details = block.split('\n').map((line) => /^(When|Where|Device|Address): (.+)$/.exec(line));
  if (details.some((detail) => detail === null)) return null;
  const rows = details.map(
    (detail) =>
      `<tr><td class="soft" valign="top" style="padding:3px 16px 3px 0;${FONT}font-size:14px;line-height:1.5;color:#585149;">${detail?.[1]}</td><td class="text" style="padding:3px 0;${FONT}font-size:16px;line-height:1.4;color:#211b14;">${escapeHtml(detail?.[2] ?? '')}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px;">${rows.join('')}</table>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
