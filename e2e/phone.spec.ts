import type { Page } from '@playwright/test';
import { expect, expectAccessible, PHONE, test, watch } from './support/test.js';

test.use({ viewport: PHONE, hasTouch: true });

/** Wider than a phone: what scrolls within itself must not widen the page. */
const WIDE = `| Round | Place | Time |\n|---|---|---|\n| Qualification | ${'Kongresszentrum'.repeat(3)} | 9:00 |\n
\`\`\`\n${'one line of code '.repeat(12)}\n\`\`\`\n\n${'https://example.org/'.repeat(6)}`;

/** Nothing to scroll sideways, and no word on a button broken in two. */
async function expectToFit(page: Page): Promise<void> {
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  await expect.poll(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  const broken = await page.getByRole('button').evaluateAll((buttons) =>
    buttons
      .flatMap((button) => [...button.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE))
      .filter((text) => {
        const word = document.createRange();
        word.selectNode(text);
        return !text.textContent?.trim().includes(' ') && word.getClientRects().length > 1;
      })
      .map(({ textContent }) => textContent),
  );
  expect(broken, page.url()).toEqual([]);
}

/** As a thumb goes: by the menu at the top. */
async function choose(page: Page, where: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).tap();
  await page.locator('#site-menu').getByRole('link', { name: where, exact: true }).tap();
  await expect(page.getByRole('heading', { level: 1, name: where })).toBeVisible();
  await expectToFit(page);
}

async function signUp(page: Page, as: 'Take part' | 'Organize', name: string): Promise<void> {
  await expectToFit(page);
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
  await expectToFit(page);
  await page.goto('/sign-up');
  await signUp(page, 'Organize', 'Olga Organizer');
  await choose(page, 'My competitions');
  await page.goto('/competitions/new');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill(WIDE);
  await page.getByRole('textbox', { name: 'Seats' }).fill('3');
  await page.getByLabel('Registration closes').fill(inDays(3));
  await page.getByLabel(/Competition starts/).fill(inDays(4));
  await expectToFit(page);
  await page.getByRole('button', { name: 'Create competition' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expectAccessible(page, 'a wide description');
  await page.getByRole('link', { name: 'Who is in' }).tap();
  await page.waitForURL(/organize/);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expectToFit(page);

  const second = await browser.newContext({ viewport: PHONE, hasTouch: true });
  watch(second, trouble);
  const other = await second.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Menu', exact: true }).tap();
  await other.locator('#site-menu').getByRole('searchbox').fill(title);
  await other.keyboard.press('Enter');
  await other.waitForURL(/search=/);
  await expectToFit(other);
  await other.getByRole('link', { name: title }).tap();
  await other.getByRole('link', { name: 'Sign in to register' }).tap();
  await expectToFit(other);
  await other.getByRole('main').getByRole('link', { name: 'Create an account' }).tap();
  await other.waitForURL(/sign-up/);
  await signUp(other, 'Take part', 'Pia Participant');
  await other.getByRole('button', { name: 'Register' }).tap();
  await expect(other.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await expectToFit(other);

  await choose(other, 'My registrations');
  await expect(
    other.getByRole('region', { name: 'You have a seat' }).getByRole('link', { name: title, exact: true }),
  ).toBeVisible();
  await choose(other, 'Mailbox');
  await other.getByRole('link', { name: `You are in: ${title}` }).tap();
  await expect(other.getByRole('heading', { level: 2, name: `You are in: ${title}` })).toBeFocused();
  await expectToFit(other);
  await other.getByRole('link', { name: 'See the competition' }).tap();
  await other.getByRole('button', { name: 'Leave' }).tap();
  await expectToFit(other);
  await other.getByRole('dialog').getByRole('button', { name: 'Leave' }).tap();
  await expect(other.getByText('You have left')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Register' })).toBeEnabled();
  await second.close();
});
