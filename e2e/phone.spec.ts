import type { Page } from '@playwright/test';
import { expect, PHONE, test, watch } from './support/test.js';

test.use({ viewport: PHONE, hasTouch: true });

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  await expect.poll(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** As a thumb goes: by the menu at the top. */
async function choose(page: Page, where: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).tap();
  await page.locator('#site-menu').getByRole('link', { name: where, exact: true }).tap();
  await expect(page.getByRole('heading', { level: 1, name: where })).toBeVisible();
  await expectNoSidewaysScrolling(page);
}

async function signUp(page: Page, as: 'Take part' | 'Organize', name: string): Promise<void> {
  await expectNoSidewaysScrolling(page);
  await page.getByRole('radio', { name: as }).check();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replaceAll(' ', '-')}-${Date.now()}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('a-password-of-tests');
  await page.getByRole('button', { name: 'Create account' }).tap();
  await page.waitForURL((url) => url.pathname !== '/sign-up');
}

test('on a phone: sign up, create, and as another person register, look it up, read the message, leave', async ({
  page,
  browser,
  trouble,
}) => {
  const title = `Donaudampfschifffahrtsgesellschaftsregatta ${Date.now().toString(36)}`;
  const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T18:00`;
  await page.goto('/');
  await expectNoSidewaysScrolling(page);
  await page.goto('/sign-up');
  await signUp(page, 'Organize', 'Olga Organizer');
  await choose(page, 'My competitions');
  await page.goto('/competitions/new');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill(`| Round | Time |\n|---|---|\n| ${'first '.repeat(30)} | 9:00 |`);
  await page.getByRole('textbox', { name: 'Seats' }).fill('3');
  await page.getByLabel('Registration closes').fill(inDays(3));
  await page.getByLabel(/Competition starts/).fill(inDays(4));
  await expectNoSidewaysScrolling(page);
  await page.getByRole('button', { name: 'Create competition' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expectNoSidewaysScrolling(page);
  await page.getByRole('link', { name: 'Who is in' }).tap();
  await page.waitForURL(/organize/);
  await expectNoSidewaysScrolling(page);

  const second = await browser.newContext({ viewport: PHONE, hasTouch: true });
  watch(second, trouble);
  const other = await second.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Menu', exact: true }).tap();
  await other.locator('#site-menu').getByRole('searchbox').fill(title);
  await other.keyboard.press('Enter');
  await other.waitForURL(/search=/);
  await expectNoSidewaysScrolling(other);
  await other.getByRole('link', { name: title }).tap();
  await other.getByRole('link', { name: 'Sign in to register' }).tap();
  await expectNoSidewaysScrolling(other);
  await other.getByRole('main').getByRole('link', { name: 'Create an account' }).tap();
  await other.waitForURL(/sign-up/);
  await signUp(other, 'Take part', 'Pia Participant');
  await other.getByRole('button', { name: 'Register' }).tap();
  await expect(other.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await expectNoSidewaysScrolling(other);

  await choose(other, 'My registrations');
  await expect(
    other.getByRole('region', { name: 'You have a seat' }).getByRole('link', { name: title, exact: true }),
  ).toBeVisible();
  await choose(other, 'Mailbox');
  await other.getByRole('link', { name: `You are in: ${title}` }).tap();
  await expect(other.getByRole('heading', { level: 2, name: `You are in: ${title}` })).toBeFocused();
  await expectNoSidewaysScrolling(other);
  await other.getByRole('link', { name: 'See the competition' }).tap();
  await other.getByRole('button', { name: 'Leave' }).tap();
  await expectNoSidewaysScrolling(other);
  await other.getByRole('dialog').getByRole('button', { name: 'Leave' }).tap();
  await expect(other.getByText('You have left')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Register' })).toBeEnabled();
  await second.close();
});
