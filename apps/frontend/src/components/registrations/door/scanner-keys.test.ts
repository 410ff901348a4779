import { bytesToSign, formatTicket } from '@mini-compete/shared/tickets';
import { expect, it } from 'vitest';
import { ScannerKeys } from './scanner-keys';

const HOLDER = {
  registrationId: '0190a5b2-0000-7000-8000-00000000000a',
  userId: '0190a5b2-0000-7000-8000-00000000000b',
};
const TICKET = formatTicket(bytesToSign('00000001', HOLDER), new Uint8Array(64).fill(7));

function type(keys: ScannerKeys, text: string, end = 'Enter'): string | null {
  for (const character of text) expect(keys.press(character)).toBeNull();
  return keys.press(end);
}

it('recognizes a ticket that a hand scanner types, in upper and lower case and among other keys', () => {
  const keys = new ScannerKeys();
  expect(type(keys, TICKET)).toBe(TICKET);
  expect(type(keys, `ann ${TICKET}`)).toBe(TICKET);
  keys.press('Shift');
  expect(type(keys, TICKET.toLowerCase())).toBe(TICKET.toLowerCase());
});

it('recognizes a ticket of a scanner that ends with Tab, and leaves Tab alone after anything else', () => {
  const keys = new ScannerKeys();
  expect(type(keys, TICKET, 'Tab')).toBe(TICKET);
  expect(keys.press('Tab')).toBeNull();
  expect(type(keys, 'anna', 'Tab')).toBeNull();
  expect(type(keys, TICKET, 'Tab')).toBe(TICKET);
});

it('leaves Enter alone after anything else, and forgets what was typed before it', () => {
  const keys = new ScannerKeys();
  expect(keys.press('Enter')).toBeNull();
  expect(type(keys, 'anna')).toBeNull();
  expect(type(keys, TICKET.slice(0, 100))).toBeNull();
  expect(type(keys, TICKET.slice(100))).toBeNull();
});
