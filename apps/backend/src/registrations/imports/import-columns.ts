import { type CsvRecord, readCsv, type Separator } from './csv-parser.js';

/** Names of columns in our languages, without case, accents, hyphens and spaces. */
const NAMES = {
  email: [
    'email',
    'mail',
    'emailaddress',
    'emailadresse',
    'mailadresse',
    'البريدالإلكتروني',
    'البريدالالكتروني',
    'البريد',
    'بريدإلكتروني',
    'عنوانالبريدالإلكتروني',
  ],
  fullName: ['fullname', 'vollstandigername', 'vorundnachname', 'vornameundnachname', 'الاسمالكامل'],
  name: ['name', 'teilnehmer', 'participant', 'الاسم', 'اسم'],
  firstName: ['firstname', 'givenname', 'forename', 'vorname', 'الاسمالأول', 'الاسمالاول'],
  lastName: [
    'lastname',
    'surname',
    'familyname',
    'nachname',
    'familienname',
    'zuname',
    'اسمالعائلة',
    'الاسمالأخير',
    'الاسمالاخير',
    'اللقب',
  ],
} as const;

export interface Columns {
  readonly separator: Separator;
  readonly email: number;
  /** What a name is put together from, in this order; empty when the file has no such column. */
  readonly name: readonly number[];
  readonly unknown: readonly string[];
}

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
const MAX_HEADING = 100;

/** By the separator with which the first line has the most columns. Null when no column has addresses. */
export function findColumns(text: string): Columns | null {
  let found: Columns | null = null;
  let most = 0;
  for (const separator of SEPARATORS) {
    const head: CsvRecord | undefined = readCsv(text, separator).next().value ?? undefined;
    const columns = head === undefined ? null : columnsOf(head.cells, separator);
    if (columns === null || (head?.cells.length ?? 0) <= most) continue;
    found = columns;
    most = head?.cells.length ?? 0;
  }
  return found;
}

function columnsOf(headings: readonly string[], separator: Separator): Columns | null {
  const indexOf = (column: keyof typeof NAMES) =>
    headings.findIndex((heading) => (NAMES[column] as readonly string[]).includes(plain(heading)));
  const email = indexOf('email');
  if (email === -1) return null;
  const name = namePartsOf(indexOf).filter((index) => index !== -1);
  const unknown = headings
    .filter((heading, index) => index !== email && !name.includes(index) && heading.trim() !== '')
    .map((heading) => heading.trim().slice(0, MAX_HEADING));
  return { separator, email, name, unknown };
}

/** Beside a first name, "name" is the last name. -1 for a column that the file does not have. */
function namePartsOf(indexOf: (column: keyof typeof NAMES) => number): readonly number[] {
  const [full, name, first, last] = [indexOf('fullName'), indexOf('name'), indexOf('firstName'), indexOf('lastName')];
  if (full !== -1) return [full];
  if (first !== -1) return [first, last === -1 ? name : last];
  return name === -1 ? [last] : [name];
}

/** Arabic letters with hamza are composed of two characters when they are decomposed: they are put together again. */
const plain = (heading: string): string =>
  heading
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Pd}_.:*]/gu, '');
