import { DESCRIPTION_MAX } from '@mini-compete/shared/competitions';
import { expect, it } from 'vitest';
import { plainText } from './plain-text';

it('S4: the text for link previews is made from the beginning of the description', () => {
  expect(plainText('## Rules\n\nSee **the** [site](https://example.org).\n')).toBe('Rules See the site.');
  expect(plainText('Bring **water**, `cups` and _tea_. Ask ~~me~~ @john_doe.')).toBe(
    'Bring water, cups and tea. Ask me @john_doe.',
  );
  expect(plainText('Anna-Lena:\n\n- one\n- two\n\n---\nend')).toBe('Anna-Lena: one two end');
  expect(plainText(`${'word '.repeat(100)}end`)).toMatch(/^(?:word )+word…$/);
});

it('S4: the text for link previews is made without a search through the whole description for each bracket', () => {
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    plainText('['.repeat(DESCRIPTION_MAX));
    return performance.now() - begin;
  });
  expect(Math.min(...times)).toBeLessThan(30);
});
