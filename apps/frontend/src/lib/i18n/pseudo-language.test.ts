import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import { pseudoText } from './pseudo-language';

it('puts a message in brackets, makes it longer and leaves its arguments', () => {
  const text = pseudoText('{count, plural, one {# seat} other {# seats}} in {place}');
  const t = createTranslator({ locale: 'en', messages: { seats: text } });
  expect(t('seats', { count: 3, place: 'Hall 1' })).toMatch(/^⟦3 seats in Hall 1( xyz)+⟧$/);
  expect(pseudoText('Registration')).toBe('⟦Registration xyz xyz⟧');
});
