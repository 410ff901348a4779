import { expect, it } from 'vitest';
import { nameKeyOf } from './team-name.js';

const areAlike = (one: string, other: string) => nameKeyOf(one) === nameKeyOf(other);

it('TM-10 takes names for the same that differ in case, accents, spaces or look-alike letters', () => {
  expect(areAlike('The Rockets', 'THE ROCKETS')).toBe(true);
  expect(areAlike('Bytes', 'Вуtеѕ'.replace('В', 'B'))).toBe(true);
  expect(areAlike('Ärzte', 'arzte')).toBe(true);
  expect(areAlike('Team 10', 'team lO')).toBe(true);
  expect(areAlike('Ｗｉｄｅ', 'wide')).toBe(true);
  expect(areAlike('ro\u200bckets', 'rockets')).toBe(true);
});

it('TM-10 tells other names apart', () => {
  expect(areAlike('Rockets', 'Pockets')).toBe(false);
  expect(areAlike('فريق النور', 'فريق الشمس')).toBe(false);
  expect(areAlike('!!', '??')).toBe(false);
});
