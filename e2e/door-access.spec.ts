import { DOOR_LIST_HOURS } from '../packages/shared/src/check-in-rules.js';
import { signOutWithMenu } from './support/account.js';
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
const dayTexts = texts('checkInDay');

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
