import { generateKeyPairSync, sign } from 'node:crypto';
import { bytesToSign, formatTicket, parseTicket } from '@mini-compete/shared/tickets';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient } from '../../../test/support/doors.js';
import { aCompetition, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { readQrCodes } from '../../../test/support/qr-reader.js';
import { rows } from '../../../test/support/queries.js';
import { runAdminCommand } from '../../admin-commands.js';
import { qrCodePng } from './qr-code.js';
import { isSignedBy, newKey, publicKeyOf, signTicket } from './ticket-key.js';
import { TicketKeys } from './ticket-keys.js';

let api: TestApi;
let second: TestApi;
let client: ReturnType<typeof checkInClient>;
let keys: TicketKeys;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  client = checkInClient(api.url);
  keys = api.app.get(TicketKeys);
});
beforeEach(() => rows('DELETE FROM ticket_keys'));
afterAll(async () => {
  await second.close();
  await api.close();
});

async function withTicket() {
  const competition = await aCompetition();
  const person = await aPerson({ name: 'Ada Lovelace' });
  const [registrationId = ''] = await registerMany([person], competition);
  return { competition, person, registrationId };
}

describe('a ticket', () => {
  it('is signed by the key of the installation, is the same each time, and says nothing about the person', async () => {
    const { competition, person, registrationId } = await withTicket();
    const { status, body } = await client.ticket(person, competition);
    expect(status).toBe(200);
    expect(body).toMatchObject({ registrationId, userId: person.id, name: 'Ada Lovelace', checkedInAt: null });
    const [key] = await keys.list();
    const ticket = parseTicket(body.ticket);
    expect(ticket).toMatchObject({ keyId: key?.id, registrationId, userId: person.id });
    expect(await isSignedBy(publicKeyOf(key!), ticket!)).toBe(true);
    expect((await checkInClient(second.url).ticket(person, competition)).body.ticket).toBe(body.ticket);
    const clear = Buffer.concat([ticket!.signed, ticket!.signature]).toString('latin1') + body.ticket;
    for (const word of ['Ada', 'Lovelace', person.email]) expect(clear).not.toContain(word);
  });

  it('is for people who have a seat', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, waiting, stranger] = await people(3);
    await registerMany([seated!, waiting!], competition, { join: true });
    expect((await client.ticket(seated!, competition)).status).toBe(200);
    for (const person of [waiting!, stranger!])
      expect((await client.ticket(person, competition)).body.code).toBe('TICKET_NOT_FOUND');
  });

  it('CI-03 is not valid with one bit changed, or signed by somebody else', async () => {
    const key = newKey(api.env.jwtSecret);
    const holder = { registrationId: crypto.randomUUID(), userId: crypto.randomUUID() };
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = bytesToSign(key.id, holder);
    const forged = parseTicket(formatTicket(signed, sign(null, signed, privateKey)));
    expect(await isSignedBy(publicKeyOf(key), forged!)).toBe(false);
    for (let bit = 0; bit < signed.length * 8; bit += 37) {
      const changed = Uint8Array.from(signed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(await isSignedBy(publicKeyOf(key), { ...forged!, signed: changed })).toBe(false);
    }
  });

  it('has a QR code of about a kilobyte as a picture, which a door reads', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const holder = { registrationId: crypto.randomUUID(), userId: crypto.randomUUID() };
    const ticket = signTicket('0badcafe', privateKey, holder);
    const png = qrCodePng(ticket);
    expect(png.length).toBeLessThan(1_500);
    expect(await readQrCodes(png)).toEqual([ticket]);
    // Many readers do not see an inverted code.
    expect(await readQrCodes(await sharp(png).negate().png().toBuffer())).toEqual([]);
  });
});

describe('the keys of tickets', () => {
  it('are one, when two servers need the first at the same time', async () => {
    const other = second.app.get(TicketKeys);
    const used = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? keys : other).signingKey()));
    expect(new Set(used.map(({ id }) => id)).size).toBe(1);
    expect(await keys.list()).toHaveLength(1);
  });

  it('sabotage: without the unique index, two servers have two keys', async () => {
    await rows('DROP INDEX one_active_ticket_key');
    await rows(`
      CREATE FUNCTION wait_a_little() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$`);
    await rows('CREATE TRIGGER slow BEFORE INSERT ON ticket_keys FOR EACH ROW EXECUTE FUNCTION wait_a_little()');
    await Promise.all([keys.signingKey(), second.app.get(TicketKeys).signingKey()]);
    expect(await keys.list()).toHaveLength(2);
    await rows('DELETE FROM ticket_keys');
    await rows('DROP TRIGGER slow ON ticket_keys');
    await rows(
      'CREATE UNIQUE INDEX one_active_ticket_key ON ticket_keys ((true)) WHERE retired_at IS NULL AND revoked_at IS NULL',
    );
  });

  it('are rotated, retired and revoked by the operator', async () => {
    const admin = (...args: string[]) => runAdminCommand(api.env, ['tickets', ...args]);
    expect(await admin('list')).toContain('no key yet');
    const { id: first } = await keys.signingKey();
    expect(await admin('rotate')).toContain('signs tickets now');
    const { id: secondId } = await keys.signingKey();
    expect(secondId).not.toBe(first);
    await admin('revoke', first);
    await admin('retire', secondId);
    const listed = (await admin('list')).split('\n').map((line) => line.split(/\s+/).slice(0, 2));
    expect(listed).toEqual(
      expect.arrayContaining([
        [first, 'REVOKED'],
        [secondId, 'RETIRED'],
      ]),
    );
    await expect(admin('revoke', first)).rejects.toThrow('revoked already');
    await expect(admin('retire', 'ffffffff')).rejects.toThrow('no active key');
    await expect(admin('burn')).rejects.toThrow('Usage');
    await expect(admin('list', first)).rejects.toThrow('Usage');
  });

  it('are stored encrypted; after a change of JWT_SECRET a new one signs, and tickets of the old one stay valid', async () => {
    const { competition, person } = await withTicket();
    const before = await client.ticket(person, competition);
    const [stored] = await keys.list();
    expect(Buffer.from(stored!.privateKey).includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false);
    const changed = await startApi({
      databaseUrl: api.env.databaseUrl,
      jwtSecret: 'another-secret-that-is-long-enough-9876543210',
    });
    const { id } = await changed.app.get(TicketKeys).signingKey();
    await changed.close();
    expect(id).not.toBe(stored!.id);
    const states = (await keys.list()).map((key) => [key.id, key.state]);
    expect(states).toEqual(
      expect.arrayContaining([
        [stored!.id, 'RETIRED'],
        [id, 'ACTIVE'],
      ]),
    );
    expect(await isSignedBy(publicKeyOf(stored!), parseTicket(before.body.ticket)!)).toBe(true);
  });
});
