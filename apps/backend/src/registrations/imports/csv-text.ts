import type { Import } from '@mini-compete/shared/imports';

export interface DecodedFile {
  readonly text: string;
  readonly encoding: Import['encoding'];
}

/** How much of a file without a byte order mark is looked at, to tell UTF-16 from other encodings. */
const SAMPLE = 2_000;

/**
 * Reads a file as text, whatever program has written it. Null when it is no text: an archive, a picture, or anything with
 * NUL characters in it, which PostgreSQL could not store either.
 */
export function decodeFile(bytes: Buffer): DecodedFile | null {
  for (const encoding of candidates(bytes)) {
    const text = decode(bytes, encoding);
    if (text !== null) return text.includes('\0') ? null : { text, encoding };
  }
  return null;
}

/** windows-1252 comes last, because it can read everything. */
function candidates(bytes: Buffer): Import['encoding'][] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8'];
  return [...utf16Of(bytes), 'utf-8', 'windows-1252'];
}

/** Latin letters have a zero in every second byte; the separators and digits of all other scripts have it too. */
function utf16Of(bytes: Buffer): Import['encoding'][] {
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0] as [number, number];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[(index % 2) as 0 | 1]++;
  const [even, odd] = zeros;
  const isMost = (count: number) => count > sample.length / 8;
  if (isMost(odd) && even === 0) return ['utf-16le'];
  return isMost(even) && odd === 0 ? ['utf-16be'] : [];
}

function decode(bytes: Buffer, encoding: Import['encoding']): string | null {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What windows-1252 has in place of the control characters 80 to 9f of ISO 8859-1; unassigned ones stay as they are. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Not by TextDecoder, which reads it as ISO 8859-1 in Node.js 20. */
const decodeWindows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => FROM_80[character.charCodeAt(0) - 0x80] as string);
