/** Letters that look like a Latin one, as they are written: capital Η looks like H, and small η like n. */
const LOOK_ALIKES = new Map(
  Object.entries({
    A: 'АΑ',
    B: 'ВΒ',
    C: 'СϹ',
    E: 'ЕЄΕ',
    H: 'НҺΗ',
    I: 'ІӀΙ',
    J: 'ЈͿ',
    K: 'КΚ',
    M: 'МΜ',
    N: 'Ν',
    O: 'ОΟ',
    P: 'РΡ',
    Q: 'Ԛ',
    S: 'Ѕ',
    T: 'ТΤ',
    U: 'Ս',
    V: 'Ѵ',
    W: 'ԜѠ',
    X: 'ХΧ',
    Y: 'УҮΥ',
    Z: 'Ζ',
    a: 'аαɑ',
    b: 'вьβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еєε',
    g: 'ɡ',
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
    u: 'υцսμ',
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
  const folded = name
    .normalize('NFKD')
    // Accents, but not the vowel signs that some scripts write as marks.
    .replace(/[\p{Script=Inherited}\p{Cf}]/gu, '')
    .replace(/\p{L}+/gu, inLatin)
    // In capitals first: ß and SS are the same, and so are ı and I.
    .toUpperCase()
    .toLowerCase()
    .replace(/[\p{P}\p{Z}]/gu, '');
  const key = [...folded].map((letter) => ALIKE.get(letter) ?? letter);
  // A name of punctuation alone is compared as it is.
  return key.join('') || name.normalize('NFKC');
}

/**
 * A word of another script alone is mapped in capitals, or else the same word in small letters would be another one. Only in
 * a word that has Latin letters does it matter how the others are written.
 */
function inLatin(word: string): string {
  const letters = /\p{Script=Latin}/u.test(word) ? word : word.toUpperCase();
  return [...letters].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
}
