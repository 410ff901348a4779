import { expect, it } from 'vitest';
import { nameKeyOf } from './team-name.js';

const areAlike = (one: string, other: string) => nameKeyOf(one) === nameKeyOf(other);

it('TM-10 takes names for the same that differ in case, accents, spaces or look-alike letters', () => {
  expect(areAlike('The Rockets', 'THE ROCKETS')).toBe(true);
  expect(areAlike('Bytes', 'Вуtеѕ')).toBe(true);
  expect(areAlike('Ärzte', 'arzte')).toBe(true);
  expect(areAlike('Team 10', 'team lO')).toBe(true);
  expect(areAlike('Ｗｉｄｅ', 'wide')).toBe(true);
  expect(areAlike('ro\u200bckets', 'rockets')).toBe(true);
});

it.each([
  ['Bears', '\u0412ears'],
  ['Mars', '\u039cars'],
  ['Nova', '\u039dova'],
  ['Vega', '\u03bdega'],
  ['Hawks', '\u0397awks'],
  ['Yeti', '\u03a5eti'],
  ['Spirit', 'Sp\u0131r\u0131t'],
  ['Giants', '\u0261i\u0251nts'],
  ['BECHA', '\u0412\u0415\u0421\u041d\u0410'],
  ['NIKH', '\u039d\u0399\u039a\u0397'],
])('TM-10 takes %s and %s for the same, whose letters look alike as they are written', (latin, other) => {
  expect(areAlike(latin, other)).toBe(true);
});

it.each([
  ['Весна', 'ВЕСНА', 'весна'],
  ['Νίκη', 'ΝΙΚΗ', 'νικη'],
  ['Team Σοφός', 'TEAM ΣΟΦΟΣ', 'team σοφοσ'],
  ['Straße', 'STRASSE', 'strasse'],
])('TM-10 takes %s for the same in capitals and small letters', (...names) => {
  expect(new Set(names.map(nameKeyOf)).size).toBe(1);
});

it('TM-10 tells other names apart', () => {
  expect(areAlike('Rockets', 'Pockets')).toBe(false);
  expect(areAlike('فريق النور', 'فريق الشمس')).toBe(false);
  expect(areAlike('दिल', 'दाल')).toBe(false);
  expect(areAlike('Hawks', 'Nawks')).toBe(false);
  expect(areAlike('!!', '??')).toBe(false);
});
