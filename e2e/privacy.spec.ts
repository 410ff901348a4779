import { readFile } from 'node:fs/promises';
import { expectAccessible, inEachAppearance } from './support/accessibility.js';
import { PASSWORD, signIn, signInAsParticipant } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const t = texts('accounts');

test('GD-03 a person downloads their data', async ({ page, context, backend, competition }) => {
  const person = await signInAsParticipant(context, backend);
  await backend.register(person, competition.id);
  await page.goto('/profile');
  await page.getByRole('button', { name: t('data.request') }).click();
  const link = page.getByRole('link', { name: t('data.download') });
  await expect(link).toBeVisible({ timeout: 20_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('mini-compete-data.json');
  const data = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(data.account.email).toBe(person.email);
  expect(data.registrations).toMatchObject([{ competition: competition.title }]);
});

test('GD-03 a person deletes their account after reading what that does', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const person = await signInAsParticipant(context, backend);
  await backend.register(person, competition.id);
  await page.goto('/profile');
  await page.getByRole('button', { name: t('erase.open') }).click();
  const dialog = page.getByRole('dialog', { name: t('erase.question') });
  await expect(dialog).toContainText(t('erase.seats'));
  await inEachAppearance(page, (appearance) =>
    expectAccessible(page, `the dialog to delete an account, ${appearance}`, { part: '[role=dialog]' }),
  );
  const password = dialog.getByLabel(t('field.currentPassword'), { exact: true });
  await password.fill('not the password');
  await dialog.getByRole('button', { name: t('erase.confirm') }).click();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await password.fill(PASSWORD);
  await password.press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/profile');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await backend.registrations(organizer, competition.id)).toMatchObject([{ name: '', status: 'CANCELLED' }]);

  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}?show=ended`);
  const row = page.getByRole('row', { name: 'Deleted account' });
  await expect(row).toBeVisible();
  await expect(row.getByRole('button')).toHaveCount(0);
  await page.goto(`/organize/${competition.id}/history`);
  await expect(page.getByText('A registration ended, because the account was deleted')).toBeVisible();
});

test('GD-03 the only owner of a competition reads which one prevents deleting the account', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto('/profile');
  await page.getByRole('button', { name: t('erase.open') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('field.currentPassword'), { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: t('erase.confirm') }).click();
  await expect(dialog.getByRole('alert').getByRole('link', { name: competition.title })).toBeVisible();
});
