export type Shortcut = 'next' | 'previous' | 'note' | 'accept' | 'waitlist' | 'reject' | 'select' | { score: number };

const KEYS: Readonly<Record<string, Exclude<Shortcut, object>>> = {
  j: 'next',
  k: 'previous',
  n: 'note',
  a: 'accept',
  w: 'waitlist',
  r: 'reject',
  x: 'select',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * The shortcut of a key. Where a layout has no Latin letters, as the Arabic one, the key at the same position counts:
 * otherwise nobody who reads this page in Arabic could use them.
 */
export function shortcutOf({ key, code, ctrlKey, metaKey, altKey }: Pressed): Shortcut | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'ArrowDown') return 'next';
  if (key === 'ArrowUp') return 'previous';
  const typed = /^[\x21-\x7e]$/.test(key) ? key : (/^(?:Key|Digit|Numpad)(.)$/.exec(code)?.[1] ?? '');
  if (/^[1-5]$/.test(typed)) return { score: Number(typed) };
  return KEYS[typed.toLowerCase()] ?? null;
}
