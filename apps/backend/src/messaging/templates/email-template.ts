/** A mail before it is text and HTML: both are made from this. */
export interface EmailContent {
  readonly title: string;
  readonly recipient: string;
  /** Lines within a paragraph that read "Name: value" are facts and shown as a table. */
  readonly text: string;
  readonly action: { readonly label: string; readonly url: string };
  readonly leaveUrl?: string;
  readonly footer: { readonly text: string; readonly label: string; readonly url: string };
}

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
 * Tables and inline styles, since Outlook knows nothing else; the style element adds dark colours and small screens
 * where they are known. Everything that people wrote goes through `escapeHtml`.
 */
export function renderHtml(letter: EmailContent): string {
  const { title, recipient, text, action, leaveUrl, footer } = letter;
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
  .map((block) => factsOf(block) ?? paragraph(block))
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
/** The mark of the house, drawn with what every mail program can draw: three seats, the last one free. */
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

/** "When: …" and "Where: …" under each other; null for a paragraph that is prose. */
function factsOf(block: string): string | null {
  const facts = block.split('\n').map((line) => /^(When|Where|Device|Address): (.+)$/.exec(line));
  if (facts.some((fact) => fact === null)) return null;
  const rows = facts.map(
    (fact) =>
      `<tr><td class="soft" valign="top" style="padding:3px 16px 3px 0;${FONT}font-size:14px;line-height:1.5;color:#585149;">${fact?.[1]}</td><td class="text" style="padding:3px 0;${FONT}font-size:16px;line-height:1.4;color:#211b14;">${escapeHtml(fact?.[2] ?? '')}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px;">${rows.join('')}</table>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
