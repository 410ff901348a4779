import { type DoorList, type DoorPerson, peopleOf } from '@mini-compete/shared/door-list';
import { type TicketHolder, ticketNumber } from '@mini-compete/shared/tickets';

type Row = { readonly person: DoorPerson; readonly words: string; readonly number: string };

const keyOf = ({ registrationId, userId }: TicketHolder): string => `${registrationId} ${userId}`;

/** The people of a list, to be found by ticket, by name and by number. */
export class DoorPeople {
  private readonly rows: readonly Row[];
  private readonly byKey: ReadonlyMap<string, DoorPerson>;

  constructor(list: DoorList) {
    const people = peopleOf(list);
    this.byKey = new Map(people.map((person) => [keyOf(person), person]));
    this.rows = people
      .map((person) => ({
        person,
        words: ` ${plainText(`${person.name} ${person.team ?? ''}`)}`,
        number: ticketNumber(person).replaceAll(' ', ''),
      }))
      .sort((a, b) => (a.words < b.words ? -1 : 1));
  }

  get count(): number {
    return this.rows.length;
  }

  find(holder: TicketHolder): DoorPerson | null {
    return this.byKey.get(keyOf(holder)) ?? null;
  }

  /** Each word of the text begins a word of name or team, or its digits are in the number. At most `limit`, by name. */
  search(text: string, limit: number): { found: readonly DoorPerson[]; total: number } {
    const plain = plainText(text);
    const digits = plain.replaceAll(' ', '');
    const words = plain.split(' ').map((word) => ` ${word}`);
    const matches =
      digits === ''
        ? []
        : /^\d+$/.test(digits)
          ? this.rows.filter(({ number }) => number.includes(digits))
          : this.rows.filter((row) => words.every((word) => row.words.includes(word)));
    return { found: matches.slice(0, limit).map(({ person }) => person), total: matches.length };
  }
}

/** Arabic-Indic digits, and their Persian forms. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** Accents, Arabic vowel signs, and the stroke that only stretches a word: people leave them out when they type. */
const MARKS = /[\p{M}\u0640]/gu;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;
/** Letters that have no decomposition, or that are typed for each other. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ى: 'ي', ة: 'ه' };

/** How names and searches are compared: without case, accents and punctuation. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) % 16))
    .replace(/[ßæøłđıىة]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(SEPARATORS, ' ')
    .trim();
}
