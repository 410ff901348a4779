import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts';

const press = (key: string, code = '', modifiers: { ctrlKey?: boolean } = {}) =>
  shortcutOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('shortcuts of the inbox', () => {
  it('are letters, digits and arrows', () => {
    expect(['j', 'K', 'a', 'ArrowDown', 'ArrowUp', 'q', 'Enter'].map((key) => press(key))).toEqual([
      'next',
      'previous',
      'accept',
      'next',
      'previous',
      null,
      null,
    ]);
    expect([press('3'), press('6'), press('0')]).toEqual([{ score: 3 }, null, null]);
  });

  it('work on a layout without Latin letters or digits', () => {
    expect([press('ش', 'KeyA'), press('٤', 'Digit4')]).toEqual(['accept', { score: 4 }]);
  });

  it('follow the letter and not its position where the layout has Latin letters', () => {
    expect(press('a', 'KeyQ')).toBe('accept');
  });

  it('leave the shortcuts of the browser alone', () => {
    expect(press('r', 'KeyR', { ctrlKey: true })).toBeNull();
  });
});
