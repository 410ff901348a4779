// Without Zod and without cryptography: pages, the door and the API import this file. Who verifies the signature does it
// with what the platform has: WebCrypto in the browser, node:crypto in the API.

/**
 * A ticket is one text, the base32 of these bytes:
 *
 * version 1 | key id 4 | registration id 16 | user id 16 | Ed25519 signature 64 of everything before it
 *
 * base32hex (RFC 4648) in upper case: a QR code has a compact mode for it, and a hand scanner types it correctly with
 * Caps Lock on and on a German keyboard, where Y and Z are swapped.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const BITS_PER_DIGIT = 5;

const VERSION = 1;
const KEY_ID_BYTES = 4;
const ID_BYTES = 16;
const SIGNATURE_BYTES = 64;
const SIGNED_BYTES = 1 + KEY_ID_BYTES + 2 * ID_BYTES;
const TICKET_BYTES = SIGNED_BYTES + SIGNATURE_BYTES;

/** Of every ticket. */
export const TICKET_LENGTH = Math.ceil((TICKET_BYTES * 8) / BITS_PER_DIGIT);

/** The person of a ticket: a team has one registration and a ticket for each member. */
export interface TicketHolder {
  readonly registrationId: string;
  readonly userId: string;
}

export interface Ticket extends TicketHolder {
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  /** What the signature is about. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Null for a text that is no ticket. The signature is not verified. */
export function parseTicket(text: string): Ticket | null {
  const bytes = bytesOf(text.trim().toUpperCase());
  if (bytes === null || bytes[0] !== VERSION) return null;
  const signed = bytes.slice(0, SIGNED_BYTES);
  const registrationAt = 1 + KEY_ID_BYTES;
  const userAt = registrationAt + ID_BYTES;
  return {
    keyId: toHex(signed.slice(1, registrationAt)),
    registrationId: toUuid(signed.slice(registrationAt, userAt)),
    userId: toUuid(signed.slice(userAt)),
    signed,
    signature: bytes.slice(SIGNED_BYTES),
  };
}

/** The bytes to sign for a ticket. */
export function bytesToSign(keyId: string, { registrationId, userId }: TicketHolder): Uint8Array<ArrayBuffer> {
  return concat([Uint8Array.of(VERSION), fromHex(keyId), fromUuid(registrationId), fromUuid(userId)]);
}

export function formatTicket(signed: Uint8Array, signature: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of concat([signed, signature])) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= BITS_PER_DIGIT) {
      bits -= BITS_PER_DIGIT;
      text += DIGITS[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + DIGITS[(buffer << (BITS_PER_DIGIT - bits)) & 31];
}

const NUMBERS = 1_000_000_000;

/**
 * The number on a ticket, nine digits in groups of three, to find a person at the door without a camera. It follows from
 * the ids, so a list of people need not contain it. Two people may have the same one: it identifies nobody by itself.
 */
export function ticketNumber({ registrationId, userId }: TicketHolder): string {
  const number = (lastBits(registrationId) ^ lastBits(userId)) >>> 0;
  const digits = String(number % NUMBERS).padStart(9, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

const lastBits = (uuid: string): number => Number.parseInt(uuid.slice(-8), 16);

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length !== TICKET_LENGTH) return null;
  const bytes = new Uint8Array(TICKET_BYTES);
  let length = 0;
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    buffer = (buffer << BITS_PER_DIGIT) | digit;
    bits += BITS_PER_DIGIT;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = buffer >> bits;
    }
    buffer &= (1 << bits) - 1;
  }
  // One ticket has one text: bits that are left over are zero.
  return buffer === 0 ? bytes : null;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const fromUuid = (uuid: string): Uint8Array<ArrayBuffer> => fromHex(uuid.replaceAll('-', ''));

export const toUuid = (bytes: Uint8Array): string =>
  toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
