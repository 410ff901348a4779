import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { scanTimes } from '../bench/src/load/scan-times.js';
import { DOOR_LIST_HOURS } from '../packages/shared/src/check-in-rules.js';
import { bytesToSign, formatTicket, parseTicket } from '../packages/shared/src/tickets.js';
import { expectReadable } from './support/accessibility.js';
import { signOutWithMenu } from './support/account.js';
import { type Account, type Backend, type Competition, signIn } from './support/backend.js';
import { expectResult, expectUnsent, openDoor, result, scanWithHandScanner, waitUntilKept } from './support/door.js';
import { launchWithCamera } from './support/fake-camera.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const door = texts('door');
const dayTexts = texts('checkInDay');

async function registered(backend: Backend, { id }: Competition): Promise<Account & { ticket: string; svg: string }> {
  const person = await backend.signUp('PARTICIPANT');
  await backend.register(person, id);
  return { ...person, ...(await backend.ticketOf(person, id)) };
}

test('CI-03 the camera reads a ticket from its QR code, and a code that is no ticket is not on the list', async ({
  page,
  backend,
  organizer,
  competition,
  baseURL,
}, { project }) => {
  const person = await registered(backend, competition);
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  const other = await backend.createCompetition(organizer);
  const stranger = await registered(backend, other);
  const options = project.use.launchOptions ?? {};
  const camera = await launchWithCamera(page, [person.svg, stranger.svg], options);
  try {
    const context = await camera.browser.newContext({ ...(baseURL && { baseURL }) });
    const phone = await context.newPage();
    const scripts: string[] = [];
    phone.on('request', (request) => scripts.push(request.url()));
    await signIn(context, helper.email);
    await phone.goto(`/door/${competition.id}`);
    await expect(phone.getByLabel(door('setup.label'))).toBeVisible();
    expect(scripts.filter((url) => url.endsWith('.wasm'))).toEqual([]);
    await openDoor(phone, competition.id, 'Main entrance');
    await phone.getByRole('button', { name: door('camera.start') }).click();
    // The film begins again and again, so that a slow browser does not see every result on time.
    const latest = phone.getByRole('listitem');
    await expect(latest.filter({ hasText: door('result.WELCOME') })).toContainText(person.name);
    await expect(latest.filter({ hasText: door('result.NOT_ON_LIST') }).first()).toBeVisible();
    await expect(latest.filter({ hasText: door('result.ALREADY_IN') }).first()).toContainText(person.name);
    await phone.getByRole('button', { name: door('camera.stop') }).click();
    expect(await backend.checkedIn(organizer, competition)).toBe(1);
  } finally {
    await camera.close();
  }
});

test('CI-08 the camera reads a ticket after the page has been loaded without a network', async ({
  page,
  backend,
  organizer,
  competition,
  baseURL,
}, { project }) => {
  const person = await registered(backend, competition);
  const camera = await launchWithCamera(page, [person.svg], project.use.launchOptions ?? {});
  try {
    const context = await camera.browser.newContext({ ...(baseURL && { baseURL }) });
    const phone = await context.newPage();
    await signIn(context, organizer.email);
    await openDoor(phone, competition.id, 'Main entrance');
    await waitUntilKept(phone);
    await context.setOffline(true);
    await phone.reload();
    await expectResult(phone, 'READY');
    await phone.getByRole('button', { name: door('camera.start') }).click();
    await expectResult(phone, 'WELCOME', person.name, door('result.unchecked'));
    await expectUnsent(phone, 1);
    await phone.getByRole('button', { name: door('camera.stop') }).click();
    expect(await backend.countScans(competition)).toBe(0);
    await context.setOffline(false);
    await expectUnsent(phone, 0);
    expect(await backend.checkedIn(organizer, competition)).toBe(1);
    expect(await backend.countScans(competition)).toBe(1);
  } finally {
    await camera.close();
  }
});

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

test('a door can be installed: its manifest has icons and a scope, and the service worker serves doors alone', async ({
  context,
  page,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  const path = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(path ?? '')).json();
  const own = `/door/${competition.id}`;
  expect(manifest).toMatchObject({ id: own, start_url: own, scope: own, display: 'standalone' });
  for (const { src, sizes } of manifest.icons) {
    const icon = await (await page.request.get(src)).body();
    // Width and height of a PNG.
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`).toBe(sizes);
  }
  expect(new Set(manifest.icons.map(({ sizes }: { sizes: string }) => sizes))).toEqual(new Set(['192x192', '512x512']));
  const scopes = await page.evaluate(async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    return registrations.map(({ scope }) => new URL(scope).pathname);
  });
  expect(scopes).toEqual(['/door/']);
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

test('CI-01 one ticket at two doors without a network: one entry, one duplicate, and the second door is told', async ({
  context,
  newContext,
  page,
  backend,
  organizer,
  competition,
}) => {
  const [person, late] = [await registered(backend, competition), await registered(backend, competition)];
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  const second = await newContext();
  const other = await second.newPage();
  await signIn(context, helper.email);
  await signIn(second, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await openDoor(other, competition.id, 'Side entrance');
  for (const one of [page, other]) await waitUntilKept(one);
  await context.setOffline(true);
  await second.setOffline(true);

  for (const one of [page, other]) {
    await scanWithHandScanner(one, person.ticket);
    await expectResult(one, 'WELCOME', person.name, door('result.unchecked'));
    await expectUnsent(one, 1);
  }
  await context.setOffline(false);
  await expectUnsent(page, 0);
  await second.setOffline(false);
  await expectUnsent(other, 0);
  await expect(other.getByText(door('differences.title', { count: 1 }))).toBeVisible();
  await expect(other.getByText(/^Had already come in: .*Main entrance$/)).toBeVisible();
  await expect(page.getByText(door('differences.title', { count: 1 }))).toHaveCount(0);
  expect(await backend.checkedIn(organizer, competition)).toBe(1);

  // Both are online again: the second door knows what the first has seen.
  await scanWithHandScanner(page, late.ticket);
  await expectResult(page, 'WELCOME', late.name);
  await expect(page.getByText(door('result.unchecked'))).toHaveCount(0);
  await scanWithHandScanner(other, late.ticket);
  await expectResult(other, 'ALREADY_IN', late.name, 'Main entrance');
});

test('CI-01 sixty people at two doors, one of them without a network for half of them, are counted exactly', async ({
  context,
  newContext,
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 60 });
  await backend.addRegistrations(competition, 60);
  const people = await backend.ticketsOf(competition);
  const second = await newContext();
  const other = await second.newPage();
  for (const profile of [context, second]) await signIn(profile, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await openDoor(other, competition.id, 'Side entrance');
  const letIn = async (at: Page, guests: typeof people) => {
    for (const { ticket, name } of guests) {
      await scanWithHandScanner(at, ticket);
      await expect(result(at).getByText(name, { exact: true })).toBeVisible();
      await expectResult(at, 'WELCOME');
    }
  };
  const mainEntrance = async () => {
    await letIn(page, people.slice(0, 15));
    await context.setOffline(true);
    await letIn(page, people.slice(15, 30));
    await expectUnsent(page, 15);
  };
  // Ten people whom the door without a network has let in show their tickets here as well.
  await Promise.all([mainEntrance(), letIn(other, people.slice(20))]);
  await expectUnsent(other, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(55);
  await context.setOffline(false);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(60);
  expect(await backend.countScans(competition)).toBe(70);
});

test('CI-08 a door works without a network, and a tab that is killed between scan and upload loses nothing', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const [first, second] = [await registered(backend, competition), await registered(backend, competition)];
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  await signIn(context, helper.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  await context.setOffline(true);
  await page.reload();
  await expectResult(page, 'READY');
  await scanWithHandScanner(page, first.ticket);
  await expectResult(page, 'WELCOME', first.name, door('result.unchecked'));
  await page.getByLabel(door('search.label')).fill(second.name.toUpperCase());
  await page.getByRole('button', { name: door('search.checkInPerson', { name: second.name }) }).click();
  await expectResult(page, 'WELCOME', second.name);
  await expectUnsent(page, 2);
  await kill(page);

  const again = await context.newPage();
  await noteTexts(again);
  await again.goto(`/door/${competition.id}`);
  await expectUnsent(again, 2);
  expect(await notedTexts(again)).toContain(door('connection.unsent', { count: 2 }));
  expect(await notedTexts(again)).not.toContain(door('connection.unsent', { count: 0 }));
  await expectResult(again, 'READY');
  await scanWithHandScanner(again, first.ticket);
  await expectResult(again, 'ALREADY_IN', first.name, 'Main entrance');
  // Another tab of this browser has the same queue.
  const tab = await context.newPage();
  await tab.goto(`/door/${competition.id}`);
  await expectUnsent(tab, 3);
  await context.setOffline(false);
  await expectUnsent(again, 0);
  await expectUnsent(tab, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(2);
  expect(await backend.countScans(competition)).toBe(3);
});

/** As the system does when it needs memory: no code of the page runs any more. */
async function kill(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer.
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** Collects what the page shows from its first moment on, also for an instant. */
const noteTexts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const noted = new Set<string>();
    Object.assign(globalThis, { noted });
    new MutationObserver(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) noted.add(walker.currentNode.textContent ?? '');
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
const notedTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as unknown as { noted: Set<string> }).noted]);

test('a ticket that has been opened once loads without a network, until its person signs out', async ({
  context,
  page,
  backend,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, person.email);
  await page.goto('/registrations');
  await page.locator(`a[href="/tickets/${competition.id}"]`).click();
  await expect(page.getByRole('main').getByText(person.name)).toBeVisible();
  const isKept = () =>
    page.evaluate(async (path) => (await caches.match(`${path}?files`)) !== undefined, `/tickets/${competition.id}`);
  await expect.poll(isKept).toBe(true);
  await context.setOffline(true);
  const later = await context.newPage();
  await later.goto(`/tickets/${competition.id}`);
  await expect(later.getByRole('main').getByText(person.name)).toBeVisible();
  await expect(later.getByRole('heading', { name: competition.title })).toBeVisible();
  await context.setOffline(false);
  await page.goto('/');
  await signOutWithMenu(page);
  await context.setOffline(true);
  await expect(later.reload()).rejects.toThrow('net::ERR_');
});

test('scans are sent within five seconds when the server is reached again, and the browser has noticed nothing', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  const uploads = '**/check-ins';
  let tries = 0;
  await page.route(uploads, (route) => {
    tries++;
    return route.abort();
  });
  await scanWithHandScanner(page, person.ticket);
  await expectResult(page, 'WELCOME', person.name);
  // Later tries come after longer and longer pauses.
  await expect.poll(() => tries).toBe(4);
  await page.unroute(uploads);
  await expect(page.getByText(door('connection.unsent', { count: 0 }))).toBeVisible({ timeout: 5_000 });
  expect(await backend.checkedIn(organizer, competition)).toBe(1);
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

test('somebody who has lost the role uploads what they have scanned, is shown nothing any more, and a manager decides', async ({
  context,
  newContext,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  await signIn(context, helper.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  await context.setOffline(true);
  await scanWithHandScanner(page, person.ticket);
  await expectResult(page, 'WELCOME', person.name);
  await backend.removeStaff(organizer, competition, helper);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: door('notice.roleEndedTitle') })).toBeVisible();
  await expectUnsent(page, 0);
  await expect(page.getByText(person.name)).toHaveCount(0);
  expect(await backend.countScans(competition)).toBe(1);
  expect(await backend.checkedIn(organizer, competition)).toBe(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: door('notice.noAccessTitle') })).toBeVisible();

  const profile = await newContext();
  await signIn(profile, organizer.email);
  const day = await profile.newPage();
  await day.goto(`/organize/${competition.id}/day`);
  await expect(day.getByText(dayTexts('decide.title', { name: helper.name, count: 1 }))).toBeVisible();
  await day.getByRole('button', { name: dayTexts('decide.accept') }).click();
  await expect(day.getByText(dayTexts('decide.accepted', { count: 1 }))).toBeVisible();
  expect(await backend.checkedIn(organizer, competition)).toBe(1);
});

test('when the session ends the door says so and keeps its scans, and signing out deletes the list', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  await context.setOffline(true);
  await scanWithHandScanner(page, person.ticket);
  await expectUnsent(page, 1);
  await context.clearCookies();
  await context.setOffline(false);
  await expect(page.getByText(door('notice.signedOutText'))).toBeVisible();
  await expectUnsent(page, 1);
  await expect(page.getByRole('link', { name: door('notice.signIn') })).toHaveAttribute(
    'href',
    `/sign-in?next=${encodeURIComponent(`/door/${competition.id}`)}`,
  );
  await signIn(context, organizer.email);
  await page.reload();
  await expectUnsent(page, 0);
  await expect.poll(() => backend.checkedIn(organizer, competition)).toBe(1);

  const site = await context.newPage();
  await site.goto('/');
  await signOutWithMenu(site);
  await expect(page.getByRole('heading', { name: door('notice.signedOutTitle') })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: door('notice.offlineTitle') })).toBeVisible();
  await expect(page.getByText(person.name)).toHaveCount(0);
});

test('a list is deleted when its time is over, by any page of the site', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  await registered(backend, competition);
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await page.goto('/');
  const lists = () =>
    page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('doors');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const count = opening.result.transaction('lists').objectStore('lists').count();
            count.onsuccess = () => {
              opening.result.close();
              resolve(count.result);
            };
          };
        }),
    );
  expect(await lists()).toBe(1);
  await page.clock.setFixedTime(Date.now() + DOOR_LIST_HOURS * 3_600_000 + 1_000);
  await page.reload();
  await expect.poll(lists).toBe(0);
});

test.describe(() => {
  test.use({ refusals: [400] });

  test('a scan that the server refuses is shown and kept, the others are sent, and unsent ones are saved as a file', async ({
    context,
    page,
    backend,
    organizer,
    competition,
  }) => {
    const people = [await registered(backend, competition), await registered(backend, competition)];
    people.push(await registered(backend, competition));
    await signIn(context, organizer.email);
    await openDoor(page, competition.id, 'Main entrance');
    await waitUntilKept(page);
    await context.setOffline(true);
    // While the cursor is in a field, a hand scanner types into it.
    await page.getByLabel(door('search.label')).fill('an');
    for (const [n, { ticket, name }] of people.entries()) {
      await scanWithHandScanner(page, ticket);
      await expectResult(page, 'WELCOME', name);
      await expectUnsent(page, n + 1);
    }
    await expect(page.getByLabel(door('search.label'))).toHaveValue('');

    await page.getByRole('button', { name: door('connection.details') }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: door('connection.export') }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toContain(competition.id);
    const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(file.door.name).toBe('Main entrance');
    expect(file.scans.map(({ ticket }: { ticket: string }) => ticket)).toEqual(people.map(({ ticket }) => ticket));

    await breakScan(page, people[1]!.ticket);
    await context.setOffline(false);
    await expectUnsent(page, 0);
    await expect(page.getByText(door('differences.title', { count: 1 }))).toBeVisible();
    await expect(page.getByText(/^The server refused this scan/)).toBeVisible();
    expect(await backend.checkedIn(organizer, competition)).toBe(2);
    await page.reload();
    await expect(page.getByText(/^The server refused this scan/)).toBeVisible();
    await backend.uploadScans(organizer, competition, file);
    expect(await backend.checkedIn(organizer, competition)).toBe(3);
  });
});

/** Gives the scan of a ticket an id that the server does not accept, as a bug would. */
const breakScan = (page: Page, ticket: string): Promise<void> =>
  page.evaluate(
    (text) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('doors');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('scans', 'readwrite');
          const scans = transaction.objectStore('scans');
          const all = scans.getAll();
          all.onsuccess = () => {
            const scan = all.result.find((one) => one.ticket === text);
            scans.delete(scan.id);
            scans.put({ ...scan, id: 'no id' });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onerror = () => reject(transaction.error);
        };
      }),
    ticket,
  );

test('two tabs that scan one ticket at the same time let one person in', async ({
  context,
  page,
  backend,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await waitUntilKept(page);
  const people = await Promise.all(Array.from({ length: 4 }, () => registered(backend, competition)));
  await page.reload();
  await expectResult(page, 'READY');
  const tab = await context.newPage();
  await tab.goto(`/door/${competition.id}`);
  await expectResult(tab, 'READY');
  await context.setOffline(true);
  for (const { ticket, name } of people) {
    for (const one of [page, tab]) await one.keyboard.type(ticket);
    await Promise.all([page.keyboard.press('Enter'), tab.keyboard.press('Enter')]);
    for (const one of [page, tab]) await expect(result(one)).toContainText(name);
    const kinds = await Promise.all([page, tab].map((one) => result(one).getAttribute('data-result')));
    expect(kinds.sort()).toEqual(['ALREADY_IN', 'WELCOME']);
  }
  await context.setOffline(false);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(people.length);
  expect(await backend.countScans(competition)).toBe(2 * people.length);
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
