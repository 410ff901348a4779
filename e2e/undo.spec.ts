import type { Page } from '@playwright/test';
import { expectAccessible, expectReadable } from './support/accessibility.js';
import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';

const bar = (page: Page) => page.getByRole('region', { name: 'Can still be undone' });

/** Selects the first people in the list. */
async function removeFirst(page: Page, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await page
      .getByRole('checkbox', { name: /^Select Pia/ })
      .nth(n)
      .check();
  await expect(page.getByText(`${count} people selected`)).toBeVisible();
  await page.getByRole('button', { name: 'Remove selected…' }).click();
  const dialog = page.getByRole('dialog', { name: `Remove ${count} people?` });
  await expect(dialog.getByText(`Removes ${count} people and emails them.`)).toBeVisible();
  await dialog.getByLabel('Reason').fill('Double entry');
  await dialog.getByRole('button', { name: `Remove ${count} people` }).click();
}

test('UN-01 three people are selected and removed, another manager sees it, and the keyboard undoes it', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 4);
  await signIn(context, organizer.email);
  const second = await newContext();
  await signIn(second, organizer.email);
  const other = await second.newPage();
  await other.goto(`/organize/${competition.id}/history`);
  await page.goto(`/organize/${competition.id}`);
  await removeFirst(page, 3);
  await backend.setUndoTime(competition, 120);

  await expect(bar(page)).toContainText('Removing 3 people');
  await expect(bar(other)).toContainText('Removing 3 people');
  await expect(page.getByText(/^3 people are removed in 10 seconds/)).toBeAttached();
  await expect(page.locator('#undo-bar')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(bar(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Undone. Nobody was removed.')).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await expect(bar(other)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  const entries = other.getByRole('listitem');
  await expect(entries.filter({ hasText: `${organizer.name} undid removing 3 people` })).toBeVisible();
  await expect(entries.filter({ hasText: `${organizer.name} started removing 3 people` })).toBeVisible();
});

test('UN-01 two people who were removed are reinstated, and the history says so in words', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const [first] = await backend.registerPeople(competition, 2);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).first().check();
  await removeFirst(page, 2);
  await backend.setUndoTime(competition, 120);
  await page.reload();
  await expect(bar(page)).toContainText('Removing 2 people');
  await backend.setUndoTime(competition, 0);
  await expect(bar(page)).toHaveCount(0);
  await page.getByRole('link', { name: /^Past/ }).click();
  await page.waitForURL(/show=ended/);
  await expect(page.getByRole('cell', { name: /^Removed/ }).first()).toBeVisible();
  await page.getByRole('button', { name: `Actions for ${first!.name}` }).click();
  await page.getByRole('menuitem', { name: 'Reinstate…' }).click();
  await page.getByRole('button', { name: 'Reinstate and notify' }).click();
  await expect(page.getByText(`${first!.name} has a seat again and gets a message.`)).toBeVisible();

  await page.getByRole('link', { name: 'History' }).click();
  const entries = page.getByRole('listitem');
  await expect(
    entries.filter({ hasText: `${organizer.name} reinstated ${first!.name}, who got a seat` }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Removed and reinstated' }).click();
  await expect(entries.filter({ hasText: `${organizer.name} removed ${first!.name}` })).toBeVisible();
  await expect(entries.filter({ hasText: 'registered and got a seat' })).toHaveCount(0);
  await page
    .getByRole('link', { name: `Only what concerns ${first!.name}` })
    .first()
    .click();
  await expect(entries.filter({ hasText: `${first!.name} registered and got a seat` })).toBeVisible();
});

test('UN-01 a cancellation is undone, and the competition is open again', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 1);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByRole('button', { name: 'Cancel competition…' }).click();
  await page.getByRole('button', { name: 'Cancel and notify one person' }).click();
  await page.waitForURL(new RegExp(`/organize/${competition.id}$`));
  await backend.setUndoTime(competition, 120);
  await expect(bar(page)).toContainText('The competition is closed. One person gets a message');
  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone. The competition is open as before, and nobody got a message.')).toBeVisible();
  await expect(page.getByText('Open', { exact: true })).toBeVisible();
});

test('UN-01 what a manager has typed when another one cancels can be copied, and is offered again after an undo', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const manager = await backend.addStaff(organizer, competition.id, 'MANAGER');
  await backend.registerPeople(competition, 1);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByLabel('Title', { exact: true }).fill('A title that nobody saved');
  await page.getByRole('textbox', { name: /^Description/ }).fill('Bring **water**.\n\nAnd a friend.');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Do you eat meat?');
  await page.getByLabel('Note', { exact: true }).fill('See you at the door.');
  await backend.cancel(manager, competition.id);
  await backend.setUndoTime(competition, 120);

  const unsaved = page.getByRole('region', { name: 'What you hadn’t saved' });
  await expect(unsaved).toBeVisible();
  for (const text of ['A title that nobody saved', 'Bring **water**.', 'Do you eat meat?', 'See you at the door.'])
    await expect(unsaved.getByText(text)).toBeVisible();
  await expect(page.getByLabel('Title', { exact: true })).toHaveCount(0);
  await expectAccessible(page, 'what was not saved');
  await unsaved.getByRole('button', { name: 'Copy' }).click();
  await expect(unsaved.getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Bring **water**.\n\nAnd a friend.');
  await page.reload();
  await expect(unsaved.getByText('A title that nobody saved')).toBeVisible();

  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(unsaved).toHaveCount(0);
  const basics = page.getByRole('region', { name: 'Basics' });
  await basics.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('A title that nobody saved');
  const notes = page.getByRole('region', { name: 'Notes in messages' });
  await notes.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('See you at the door.');
});

test('LA-13 the bar to undo and the selection are accessible and fit every width', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 3);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await removeFirst(page, 2);
  await backend.setUndoTime(competition, 120);
  await page
    .getByRole('checkbox', { name: /^Select Pia/ })
    .first()
    .check();
  await expect(bar(page)).toBeVisible();
  await expectReadable(page, 'selection and undo', 'en');
  await bar(page).getByRole('button', { name: 'Undo' }).click();
});
