import { isPlaceholder, type Placeholder } from '@mini-compete/shared/announcement-texts';
import { escapeHtml } from '../../messaging/templates/escape-html.js';

/** A link is an address, and in formatted text the words that lead to it. */
export interface LinkValue {
  readonly url: string;
  readonly label: string;
}

export type PlaceholderValues = {
  readonly [Name in Placeholder]: Name extends `${string}Link` ? LinkValue : string;
};

const PLACEHOLDER = /\{\{(\w+)\}\}/g;
/** Markdown encodes the braces of an address. */
const PLACEHOLDER_IN_ADDRESS = /(?:\{\{|%7B%7B)(\w+)(?:\}\}|%7D%7D)/gi;
const WHOLE_ADDRESS = /^(?:\{\{|%7B%7B)(\w+)(?:\}\}|%7D%7D)$/i;
const PART_OF_HTML = /<a href="([^"]*)"|<\/a>|\{\{(\w+)\}\}/g;
const LINK_REL = 'nofollow ugc noopener noreferrer';

/** In plain text. One pass, so that a person whose name is `{{leaveLink}}` gets no link. */
export const fillText = (text: string, values: PlaceholderValues): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => (isPlaceholder(name) ? plainOf(values[name]) : whole));

/**
 * In the HTML of rendered Markdown. Values are escaped after rendering, so that a name with asterisks or angle brackets
 * stays a name. Relative addresses are resolved against `base`: a mail has no address of its own.
 */
export function fillHtml(html: string, values: PlaceholderValues, base: string): string {
  let isInLink = false;
  return html.replace(PART_OF_HTML, (part, address: string | undefined, name: string | undefined) => {
    if (name !== undefined) return isPlaceholder(name) ? htmlOf(values[name], isInLink) : part;
    isInLink = address !== undefined;
    return address === undefined ? part : `<a href="${escapeHtml(resolve(fillAddress(address, values), base))}"`;
  });
}

const plainOf = (value: string | LinkValue): string => (typeof value === 'string' ? value : value.url);

/** HTML has no links in links. */
function htmlOf(value: string | LinkValue, isInLink: boolean): string {
  if (typeof value === 'string') return escapeHtml(value);
  const label = escapeHtml(value.label);
  return isInLink ? label : `<a href="${escapeHtml(value.url)}" rel="${LINK_REL}">${label}</a>`;
}

/** A text in an address is encoded: a person named `javascript:…` gets no script. */
function fillAddress(escaped: string, values: PlaceholderValues): string {
  const address = escaped
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const whole = WHOLE_ADDRESS.exec(address)?.[1] ?? '';
  if (isPlaceholder(whole) && typeof values[whole] === 'object') return values[whole].url;
  return address.replace(PLACEHOLDER_IN_ADDRESS, (part, name: string) =>
    isPlaceholder(name) ? encodeURIComponent(plainOf(values[name])) : part,
  );
}

const resolve = (address: string, base: string): string => URL.parse(address, base)?.href ?? base;
