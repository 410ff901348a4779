/** Cyrillic and Greek letters, in lower case, that look like a Latin one. */
const LOOK_ALIKES = new Map(
  Object.entries({
    a: 'аα',
    b: 'ьβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еєε',
    h: 'һн',
    i: 'іιӏ',
    j: 'јϳ',
    k: 'кκ',
    m: 'м',
    n: 'пη',
    o: 'оοσ',
    p: 'рρ',
    q: 'ԛ',
    s: 'ѕ',
    t: 'тτ',
    u: 'υцս',
    v: 'νѵ',
    w: 'ѡωԝ',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢζ',
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);
/** Digits and letters that many fonts draw alike. */
const ALIKE = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['i', 'l'],
  ['|', 'l'],
]);

/**
 * How names of teams are compared: without case, accents and punctuation, and with letters made alike that look alike. Two
 * teams of a competition whose names people would mix up must not exist.
 */
export function nameKeyOf(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{P}\p{Z}\p{Cf}]/gu, '');
  const key = [...letters]
    .map((letter) => LOOK_ALIKES.get(letter) ?? letter)
    .map((letter) => ALIKE.get(letter) ?? letter);
  // A name of punctuation alone is compared as it is.
  return key.join('') || name.normalize('NFKC');
}
