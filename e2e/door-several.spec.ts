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
