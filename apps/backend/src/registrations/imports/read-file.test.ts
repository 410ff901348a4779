import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aPicture } from '../../../test/support/pictures.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { readPeople } from './read-file.js';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const swapped = (text: string) => utf16(text).swap16();
/** Only letters that have one byte there. */
const windows1252 = (text: string) => Buffer.from(text, 'latin1');

async function refusal(bytes: Buffer): Promise<string> {
  return readPeople(bytes).then(
    () => 'read',
    (error) => (error instanceof DomainError ? error.code : String(error)),
  );
}

const FILE = 'Name;E-Mail\r\nJürgen Müßig;juergen@example.org\r\n"Zoë\r\nÉtoile";ZOE@example.org\r\n';

describe('IM-03 reading a file with people', () => {
  it.each([
    ['UTF-8', Buffer.from(FILE), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${FILE}`), 'utf-8'],
    ['UTF-16 with a byte order mark', utf16(`\ufeff${FILE}`), 'utf-16le'],
    ['UTF-16 of the other byte order', swapped(`\ufeff${FILE}`), 'utf-16be'],
    ['UTF-16 without a byte order mark', utf16(FILE), 'utf-16le'],
    ['the other UTF-16 without a byte order mark', swapped(FILE), 'utf-16be'],
    ['windows-1252', windows1252(FILE), 'windows-1252'],
  ])('gets the names right in %s', async (_, bytes, encoding) => {
    const file = await readPeople(bytes);
    expect(file).toMatchObject({ encoding, separator: ';' });
    expect(file.rows).toMatchObject([
      { row: 2, name: 'Jürgen Müßig', email: 'juergen@example.org', verdict: null },
      { row: 3, name: 'Zoë Étoile', email: 'zoe@example.org', verdict: null },
    ]);
  });

  it('has the letters that windows-1252 has and ISO 8859-1 has not', async () => {
    const { rows } = await readPeople(Buffer.from([...Buffer.from('email,name\na@b.org,'), 0x8a, 0x80, 0x9c]));
    expect(rows[0]?.name).toBe('Š€œ');
  });

  it.each([
    ['Email,Full name', ','],
    ['e-mail-adresse;Vollständiger Name', ';'],
    ['البريد الإلكتروني\tالاسم', '\t'],
    ['"E-Mail";"Name"', ';'],
    ['EMAIL ADDRESS,name', ','],
  ])('finds the columns of %s', async (head, separator) => {
    const file = await readPeople(Buffer.from(`${head}\na@example.org${separator}Ada`));
    expect(file.rows).toMatchObject([{ email: 'a@example.org', name: 'Ada' }]);
    expect(file.unknownColumns).toEqual([]);
  });

  it.each([
    ['First name,Last name,Email', 'Ada,Lovelace,a@example.org', []],
    ['Name;Vorname;E-Mail', 'Lovelace;Ada;a@example.org', []],
    ['Nachname;Vorname;E-Mail;Name', 'Lovelace;Ada;a@example.org;ada', ['Name']],
    ['البريد الإلكتروني,الاسم الأول,اسم العائلة', 'a@example.org,Ada,Lovelace', []],
    ['Full name,First name,Email', 'Ada Lovelace,Ada,a@example.org', ['First name']],
  ])('puts the name together from the columns of %s', async (head, row, unknown) => {
    const file = await readPeople(Buffer.from(`${head}\n${row}`));
    expect(file.rows).toMatchObject([{ email: 'a@example.org', name: 'Ada Lovelace' }]);
    expect(file.unknownColumns).toEqual(unknown);
  });

  it('reports columns that it does not know, and reads a file with addresses alone', async () => {
    const file = await readPeople(Buffer.from('Club,email,Size\nA,a@example.org,M'));
    expect(file.unknownColumns).toEqual(['Club', 'Size']);
    expect((await readPeople(Buffer.from('email\na@example.org'))).rows).toHaveLength(1);
  });

  it('says of each row that it cannot use why', async () => {
    const { rows } = await readPeople(
      Buffer.from(
        `email,name\nADA@example.org,Ada\n,Nobody\nno address,Eve\nada@example.org,Twice\nb@example.org,${'x'.repeat(101)}\n"open@example.org,${'y'.repeat(11_000)}`,
      ),
    );
    expect(rows.map(({ row, verdict, reason }) => [row, verdict, reason])).toEqual([
      [2, null, null],
      [3, 'INVALID', 'EMAIL_MISSING'],
      [4, 'INVALID', 'EMAIL_INVALID'],
      [5, 'DUPLICATE_IN_FILE', null],
      [6, 'INVALID', 'NAME_INVALID'],
      [7, 'INVALID', 'QUOTE_UNCLOSED'],
    ]);
    expect(Math.max(...rows.map(({ email }) => email.length))).toBeLessThanOrEqual(254);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'CSV_COLUMN_MISSING'],
    ['a file without a head', Buffer.from('a@example.org,Ada'), 'CSV_COLUMN_MISSING'],
    ['HTML', Buffer.from('<html><body>email</body></html>'), 'CSV_COLUMN_MISSING'],
    ['a NUL character', Buffer.from('email,name\na@example.org,A\0da'), 'CSV_UNREADABLE'],
    ['half of a character in UTF-16', Buffer.concat([utf16('\ufeffemail\n'), Buffer.from([0x41])]), 'CSV_UNREADABLE'],
    [
      'a zip archive',
      Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0'), deflateRawSync(Buffer.alloc(99_999))]),
      'CSV_UNREADABLE',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });

  it('refuses a picture', async () => {
    expect(await refusal(await aPicture().png().toBuffer())).toBe('CSV_UNREADABLE');
  });

  it('refuses more than 10,000 rows', async () => {
    const rows = (n: number) =>
      Buffer.from(`email\n${Array.from({ length: n }, (_, i) => `p${i}@example.org`).join('\n')}`);
    expect(await refusal(rows(10_001))).toBe('BODY_TOO_LARGE');
    expect((await readPeople(rows(10_000))).rows).toHaveLength(10_000);
  });

  it('keeps little of hostile files: 5 MB in a cell, 10,000 columns, lone quotes', async () => {
    const megabytes = 'x'.repeat(5_000_000);
    const cell = await readPeople(Buffer.from(`email,name\na@example.org,${megabytes}`));
    expect(cell.rows[0]).toMatchObject({ verdict: 'INVALID', reason: 'NAME_INVALID' });
    expect(JSON.stringify(cell).length).toBeLessThan(1_000);
    const columns = await readPeople(Buffer.from(`email${',c'.repeat(10_000)}\na@example.org`));
    expect(columns.unknownColumns.length).toBeLessThan(100);
    expect(columns.rows).toHaveLength(1);
    const quotes = await readPeople(Buffer.from(`email\n${'"\n'.repeat(9_000)}a@example.org`));
    expect(quotes.rows.at(-1)).toMatchObject({ email: 'a@example.org', verdict: null });
  });
});
