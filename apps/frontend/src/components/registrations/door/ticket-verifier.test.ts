import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bytesToSign, formatTicket } from '@mini-compete/shared/tickets';
import { afterEach, expect, it, vi } from 'vitest';
import { TicketVerifier } from './ticket-verifier';

const HOLDER = {
  registrationId: '0190a5b2-0000-7000-8000-00000000000a',
  userId: '0190a5b2-0000-7000-8000-00000000000b',
};

function makeKey(id: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
  return { id, publicKey: raw, privateKey };
}

function ticketOf(key: { id: string; privateKey: KeyObject }) {
  const signed = bytesToSign(key.id, HOLDER);
  return formatTicket(signed, sign(null, signed, key.privateKey));
}

const [active, retired, revoked, foreign] = ['00000001', '00000002', '00000003', '00000004'].map(makeKey);
const verifier = new TicketVerifier([
  { ...active!, state: 'ACTIVE' },
  { ...retired!, state: 'RETIRED' },
  { ...revoked!, state: 'REVOKED' },
]);
const problemOf = async (text: string) => {
  const result = await verifier.verify(text);
  return 'problem' in result ? result.problem : null;
};

afterEach(() => vi.restoreAllMocks());

it('says whether the browser can verify tickets, before and when one is scanned', async () => {
  expect(await new TicketVerifier([{ ...active!, state: 'ACTIVE' }]).prepare()).toBe(true);
  vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'NotSupportedError'));
  const older = new TicketVerifier([{ ...active!, state: 'ACTIVE' }]);
  expect(await older.prepare()).toBe(false);
  expect(await older.verify(ticketOf(active!))).toEqual({ problem: 'UNSUPPORTED' });
});

it('accepts tickets of an active and of a retired key', async () => {
  expect(await verifier.verify(ticketOf(active!))).toMatchObject({ ticket: HOLDER });
  expect(await verifier.verify(ticketOf(retired!))).toMatchObject({ ticket: HOLDER });
});

it('CI-03 refuses a ticket of a revoked key, of an unknown one, and a code that is no ticket', async () => {
  expect(await problemOf(ticketOf(revoked!))).toBe('REVOKED');
  expect(await problemOf(ticketOf(foreign!))).toBe('UNKNOWN_KEY');
  for (const text of ['', 'https://example.org', ticketOf(active!).slice(1), 'Z'.repeat(162)])
    expect(await problemOf(text)).toBe('NOT_A_TICKET');
});

it('CI-03 refuses a ticket that another key has signed, and one in which any digit is changed', async () => {
  const forged = ticketOf({ id: active!.id, privateKey: foreign!.privateKey });
  expect(await problemOf(forged)).toBe('FORGED');
  const valid = ticketOf(active!);
  for (let n = 0; n < valid.length; n++) {
    const digit = valid[n] === 'A' ? 'B' : 'A';
    const changed = valid.slice(0, n) + digit + valid.slice(n + 1);
    expect(await problemOf(changed), `digit ${n}`).not.toBeNull();
  }
});
