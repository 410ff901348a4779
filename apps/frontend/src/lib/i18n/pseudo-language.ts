/** Arguments, plural forms and tags of a message in ICU format. */
const SYNTAX = /[{}<>#'/]|\b(plural|select|selectordinal|zero|one|two|few|many|other|number)\b/g;

/** German and Arabic texts are up to 40 % longer than English ones. */
const LONGER = 0.4;

/** A message in ICU format, in brackets and longer. Its arguments are untouched. */
export function pseudoText(message: string): string {
  const words = Math.ceil((message.replace(SYNTAX, '').length * LONGER) / 4);
  return `⟦${message}${' xyz'.repeat(words)}⟧`;
}
