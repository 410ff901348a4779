import { domainToASCII } from 'node:url';

type Options = Record<string, string | number | boolean>;

export interface SmtpServer {
  /** Options of nodemailer's SMTPConnection. Its defaults apply to the others: port 587, or 465 with `secure`. */
  readonly options: Readonly<Record<string, Options[string] | Options>>;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

/**
 * Parses SMTP_URL: `smtp:`, or `smtps:` for TLS from the start; credentials are percent-encoded. Query parameters are
 * further options (`?socketTimeout=5000&requireTLS=true&tls.rejectUnauthorized=false`).
 */
export function parseSmtpUrl(smtpUrl: string): SmtpServer {
  // `smtp:host:25` is accepted as well: without the slashes URL would take the host for a path.
  const url = new URL(smtpUrl.trim().replace(/^([a-z]+:)(?!\/\/)/i, '$1//'));
  const options: Options = {};
  const tls: Options = {};
  for (const [name, text] of url.searchParams) {
    if (name.startsWith('tls.')) tls[name.slice('tls.'.length)] = parseValue(text);
    // Other nested options do not exist.
    else if (!name.includes('.')) options[name] = parseValue(text);
  }
  const host = hostOf(url);
  const port = Number(url.port);
  return {
    options: {
      ...options,
      secure: url.protocol === 'smtps:',
      ...(host && { host }),
      ...(port && { port }),
      ...(Object.keys(tls).length > 0 && { tls }),
    },
    auth: url.username ? { user: decode(url.username), pass: decode(url.password) } : null,
  };
}

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/**
 * In a URL other than HTTP, an IPv6 address has brackets and a non-ASCII name is percent-encoded: neither resolves.
 */
function hostOf({ hostname }: URL): string {
  if (hostname === '') return '';
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : domainToASCII(decode(hostname));
  if (host === '') throw new Error('The host of SMTP_URL is not valid.');
  return host;
}

/** A password may contain a `%` that is not encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
