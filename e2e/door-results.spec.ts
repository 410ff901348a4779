import { generateKeyPairSync, sign } from 'node:crypto';
import { scanTimes } from '../bench/src/load/scan-times.js';
import { bytesToSign, formatTicket, parseTicket } from '../packages/shared/src/tickets.js';
import { expectReadable } from './support/accessibility.js';
import { signIn } from './support/backend.js';
import {
  expectResult,
  expectUnsent,
  openDoor,
  registered,
  result,
  scanWithHandScanner,
  waitUntilKept,
} from './support/door.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const door = texts('door');

test('CI-03 without a network, a forged ticket, one of another competition and one of a revoked key are refused', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  const stranger = await registered(backend, await backend.createCompetition(organizer));
  const holder = parseTicket(person.ticket)!;
  const { privateKey } = generateKeyPairSync('ed25519');
  const signed = bytesToSign(holder.keyId, holder);
  const forged = formatTicket(signed, sign(null, signed, privateKey));
  const revoked = await backend.ticketOfRevokedKey(holder);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  await context.setOffline(true);
  await scanWithHandScanner(page, forged);
  await expectResult(page, 'NOT_ON_LIST', door('result.unchecked'));
  await expect(page.getByText(door('connection.offline'), { exact: true })).toBeVisible();
  await page.reload();
  await expectResult(page, 'READY');
  for (const [ticket, reason] of [
    [forged, 'FORGED'],
    [stranger.ticket, 'UNKNOWN_OR_LATER'],
    [revoked, 'REVOKED'],
  ] as const) {
    await scanWithHandScanner(page, ticket);
    await expectResult(page, 'NOT_ON_LIST', door(`result.${reason}`), door('result.unchecked'));
  }
  await expectUnsent(page, 0);
  // Some hand scanners press Tab.
  await page.keyboard.type(person.ticket);
  await page.keyboard.press('Tab');
  await expectResult(page, 'WELCOME', person.name);
  await context.setOffline(false);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(1);
});

test('a browser that cannot verify tickets says so, and people are found by name', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, organizer.email);
  await page.addInitScript(() => {
    crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
  });
  await openDoor(page, competition.id, 'Main entrance');
  await expect(page.getByText(door('notice.cannotVerifyTitle'))).toBeVisible();
  await scanWithHandScanner(page, person.ticket);
  await expectResult(page, 'CANNOT_VERIFY', door('result.UNSUPPORTED'));
  await page.getByLabel(door('search.label')).fill(person.name);
  await page.getByRole('button', { name: door('search.checkInPerson', { name: person.name }) }).click();
  await expectResult(page, 'WELCOME', person.name);
});

test('a check-in is undone at the door, also without a network, and the person can come in again', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await scanWithHandScanner(page, person.ticket);
  await expectResult(page, 'WELCOME', person.name);
  expect(await backend.checkedIn(organizer, competition)).toBe(1);
  await context.setOffline(true);
  await page.getByRole('button', { name: door('result.undoPerson', { name: person.name }) }).click();
  await expectResult(page, 'UNDONE', person.name);
  await context.setOffline(false);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(0);
  await scanWithHandScanner(page, person.ticket);
  await expectResult(page, 'WELCOME', person.name);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(1);
});

test('a person who has no seat, whose registration has ended, or who was removed from the list is turned away', async ({
  context,
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const seated = await registered(backend, competition);
  const [waiting] = await backend.registerPeople(competition, 1);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await page.getByLabel(door('search.label')).fill(waiting!.name);
  await expect(page.getByText(door('status.WAITLISTED'))).toBeVisible();
  await expect(page.getByRole('button', { name: door('search.checkInPerson', { name: waiting!.name }) })).toHaveCount(
    0,
  );
  await backend.leave(seated, competition.id);
  await scanWithHandScanner(page, seated.ticket);
  await expectResult(page, 'ENDED', seated.name);
  await expectUnsent(page, 0);
  // The list still has the seat. Managers learn of people who are turned away, also without a network.
  await context.setOffline(true);
  await scanWithHandScanner(page, seated.ticket);
  await expectResult(page, 'ENDED', seated.name, door('result.unchecked'));
  await expectUnsent(page, 1);
  await context.setOffline(false);
  await expectUnsent(page, 0);
  expect(await backend.countScans(competition)).toBe(2);
  await page.getByRole('button', { name: door('connection.details') }).click();
  await page.getByRole('button', { name: door('connection.refresh') }).click();
  await page.getByLabel(door('search.label')).fill(waiting!.name);
  await page.getByRole('button', { name: door('search.checkInPerson', { name: waiting!.name }) }).click();
  await expectResult(page, 'WELCOME', waiting!.name);

  // Registered after the list was loaded: the door loads it again, unless it has just done so.
  await backend.edit(organizer, competition, { capacity: 2 });
  const late = await registered(backend, competition);
  await expect(async () => {
    await scanWithHandScanner(page, late.ticket);
    await expect(result(page)).not.toHaveAttribute('data-result', 'CHECKING');
    await expect(result(page)).toContainText(late.name, { timeout: 1_000 });
  }).toPass();
});

test('CI-09 a door with 5,000 tickets says whether somebody may come in within 100 ms on a slow phone', async ({
  context,
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 6_000 });
  const people = [await registered(backend, competition), await registered(backend, competition)];
  await backend.addRegistrations(competition, 5_000);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  const [one, other] = people.map(({ ticket }) => ticket);
  const times = await scanTimes(page, [one!, one!, one!, other!, other!]);
  test.info().annotations.push({ type: 'result after, ms', description: times.map(Math.round).join(', ') });
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
});

for (const language of ['en', 'de', 'ar'] as const)
  test(`LA-13 the page of a door is accessible and fits every width: ${language}`, async ({
    context,
    page,
    backend,
    organizer,
    competition,
  }) => {
    const t = texts('door', language);
    const person = await registered(backend, competition);
    await signIn(context, organizer.email);
    await backend.changeAccount(organizer, { language });
    await context.addCookies([{ name: 'language', value: language, url: test.info().project.use.baseURL ?? '' }]);
    await page.goto(`/door/${competition.id}`);
    await expect(page.getByLabel(t('setup.label'))).toBeVisible();
    await expectReadable(page, 'setup', language);
    await page.getByLabel(t('setup.label')).fill('Main entrance');
    await page.keyboard.press('Enter');
    await expectResult(page, 'READY');
    await scanWithHandScanner(page, person.ticket);
    await expectResult(page, 'WELCOME', person.name);
    await expectReadable(page, 'welcome', language);
    await scanWithHandScanner(page, person.ticket);
    await expectResult(page, 'ALREADY_IN', person.name);
    await page.getByLabel(t('search.label')).fill(person.name);
    await page.getByRole('button', { name: t('connection.details') }).click();
    await expectReadable(page, 'already in, search and details', language);
  });
