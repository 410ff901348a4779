import type { DoorList } from '@mini-compete/shared/door-list';
import { fromUuid, ticketNumber } from '@mini-compete/shared/tickets';
import { describe, expect, it } from 'vitest';
import { DoorPeople } from './door-people';

const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

function listOf(names: readonly string[], teams: readonly string[] = []): DoorList {
  const bytes = names.flatMap((_, n) => [...fromUuid(uuid(n)), ...fromUuid(uuid(n + 1_000_000))]);
  return {
    ids: Buffer.from(bytes).toString('base64'),
    names: [...names],
    statuses: 'S'.repeat(names.length),
    teamOf: teams.map((_, n) => n),
    teams: [...teams],
    entries: [1, 60, 0],
    enteredFrom: 1_764_237_600,
    doors: ['Main entrance'],
  };
}

const names = ['Zoë Nußbaum', 'Ana-María López', 'أحمد مُصطفى', 'Łukasz Żak', "Conor O'Neill"];
const people = new DoorPeople(listOf(names));
const found = (text: string) => people.search(text, 20).found.map(({ name }) => name);

describe('the people of a door', () => {
  it('are found by the ids of their ticket', () => {
    expect(people.find({ registrationId: uuid(1), userId: uuid(1_000_001) })?.name).toBe('Ana-María López');
    expect(people.find({ registrationId: uuid(1), userId: uuid(1_000_002) })).toBeNull();
  });

  it.each([
    ['zoe nuss', 'Zoë Nußbaum'],
    ['NUẞ', 'Zoë Nußbaum'],
    ['lopez ana', 'Ana-María López'],
    ['maria', 'Ana-María López'],
    ['احمد', 'أحمد مُصطفى'],
    ['مصطفي', 'أحمد مُصطفى'],
    ['lukasz zak', 'Łukasz Żak'],
    ['o neill', "Conor O'Neill"],
  ])('are found by name: %s', (text, name) => {
    expect(found(text)).toEqual([name]);
  });

  it('are found by any part of their number, also in Arabic digits', () => {
    const number = ticketNumber({ registrationId: uuid(3), userId: uuid(1_000_003) });
    expect(found(number)).toContain('Łukasz Żak');
    expect(found(number.slice(-4))).toContain('Łukasz Żak');
    const arabic = number.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');
    expect(found(arabic)).toContain('Łukasz Żak');
  });

  it('are found by team, and not in the middle of a word', () => {
    const teams = new DoorPeople(listOf(['Ada', 'Bo'], ['Green Frogs', 'Night Owls']));
    expect(teams.search('frog', 20).found.map(({ name }) => name)).toEqual(['Ada']);
    expect(teams.search('rog', 20).total).toBe(0);
    expect(teams.search('  ', 20).total).toBe(0);
  });

  it('are sorted by name, and limited', () => {
    const many = new DoorPeople(listOf(['Pia C', 'Pia A', 'Pia B']));
    const { found: first, total } = many.search('pia', 2);
    expect(first.map(({ name }) => name)).toEqual(['Pia A', 'Pia B']);
    expect(total).toBe(3);
  });
});
