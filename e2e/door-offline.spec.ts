import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { signIn } from './support/backend.js';
import {
  expectResult,
  expectUnsent,
  openDoor,
  registered,
  scanWithHandScanner,
  waitUntilKept,
} from './support/door.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const door = texts('door');

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
