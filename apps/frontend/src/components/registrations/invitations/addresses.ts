import { Email } from '@mini-compete/shared/auth';

export interface Addresses {
  /** In lower case, each once. */
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
  readonly repeated: number;
}

/**
 * What people type or paste: lines of a spreadsheet, or the recipients of a mail with names (`Ada <ada@example.org>`).
 * Between words that are no address, nobody can tell where one ends: each is reported.
 */
export function readAddresses(text: string): Addresses {
  const valid = new Set<string>();
  const invalid = new Set<string>();
  let repeated = 0;
  for (const part of partsOf(text)) {
    const email = Email.safeParse(part);
    if (!email.success) invalid.add(part);
    else if (valid.has(email.data)) repeated++;
    else valid.add(email.data);
  }
  return { valid: [...valid], invalid: [...invalid], repeated };
}

/** The text without what is no address. */
export const withoutInvalid = ({ valid }: Addresses): string => valid.join('\n');

function partsOf(text: string): string[] {
  // A name before an address in angle brackets belongs to it.
  const withoutNames = text.replace(/("[^"\n]*"\s*|[^,;،؛\n<>"]*)<([^<>\n]*)>/g, ' $2 ');
  return withoutNames
    .split(/[\s,;،؛]+/)
    .map((part) => part.replace(/^mailto:/i, ''))
    .filter(Boolean);
}
