import { describe, expect, it } from 'vitest';
import { bytesToSign, formatTicket, parseTicket, TICKET_LENGTH, ticketNumber } from './tickets.js';

const HOLDER = {
  registrationId: '019ac0de-0000-7000-8000-00000000abcd',
  userId: '019ac0de-1111-7111-9111-0123456789ff',
};
const SIGNATURE = Uint8Array.from({ length: 64 }, (_, at) => 255 - at);
const signed = bytesToSign('00ff10a0', HOLDER);
const text = formatTicket(signed, SIGNATURE);

describe('the text of a ticket', () => {
  it('says which registration, person and key it is of', () => {
    expect(parseTicket(text)).toEqual({ ...HOLDER, keyId: '00ff10a0', signed, signature: SIGNATURE });
  });

  it('has only characters of the compact mode of QR codes, and neither Y nor Z', () => {
    expect(text).toMatch(/^[0-9A-V]+$/);
    expect(text).toHaveLength(TICKET_LENGTH);
  });

  it('is read with Caps Lock on or off, and with spaces around it', () => {
    expect(parseTicket(` ${text.toLowerCase()}\n`)).toEqual(parseTicket(text));
  });

  it.each([
    ['nothing', ''],
    ['an address', 'https://example.org/competitions'],
    ['a ticket that was cut off', text.slice(0, -1)],
    ['a ticket with more behind it', `${text}0`],
    ['a character that is no digit', `${text.slice(0, -1)}Z`],
    ['bits after the last byte', `${text.slice(0, -1)}V`],
    ['another version', `4${text.slice(1)}`],
  ])('is not %s', (_, other) => {
    expect(parseTicket(other)).toBeNull();
  });

  it('has a number of nine digits, also where leading ones are zero', () => {
    expect(ticketNumber({ registrationId: HOLDER.registrationId, userId: HOLDER.registrationId })).toBe('000 000 000');
    expect(ticketNumber(HOLDER)).toMatch(/^\d{3} \d{3} \d{3}$/);
  });
});
