import type { Page } from '@playwright/test';
import { expectAccessible, PHONE } from './support/accessibility.js';
import { inDays, PASSWORD, signIn, unique, uniqueEmail } from './support/backend.js';
import { fillDateTime } from './support/forms.js';
import { expectToFit } from './support/phone.js';
import { registeredHeading, visitorButton } from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test.use({ viewport: PHONE, hasTouch: true });

/** Content wider than a phone: it must scroll within its own box and not widen the page. */
const WIDE_DESCRIPTION = `| Round | Place | Time |\n|---|---|---|\n| Qualification | ${'Kongresszentrum'.repeat(3)} | 9:00 |\n
\`\`\`\n${'one line of code '.repeat(12)}\n\`\`\`\n\n${'https://example.org/'.repeat(6)}`;

/** Opens a page from the menu. */
async function openFromMenu(page: Page, where: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).tap();
  await page.locator('#site-menu').getByRole('link', { name: where, exact: true }).tap();
  await expect(page.getByRole('heading', { level: 1, name: where })).toBeVisible();
  await expectToFit(page);
}

async function signUp(page: Page, name: string, role?: 'Organize'): Promise<void> {
  await expectToFit(page);
  if (role) await page.getByRole('radio', { name: role }).check();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(uniqueEmail());
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).tap();
  await page.waitForURL((url) => url.pathname !== '/sign-up');
}

test('on a phone: an organizer creates a competition, and a participant finds it, registers, and leaves', async ({
  page,
  newContext,
}) => {
  const title = unique('Donaudampfschifffahrtsgesellschaftsregatta');
  await page.goto('/');
  await expectToFit(page);
  await page.goto('/sign-up');
  await signUp(page, 'Olga Organizer', 'Organize');
  await openFromMenu(page, 'My competitions');
  await page.goto('/competitions/new');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill(WIDE_DESCRIPTION);
  await page.getByLabel('Seats', { exact: true }).fill('3');
  await fillDateTime(page, 'Registration closes', inDays(3));
  await fillDateTime(page, /^Competition starts/, inDays(4));
  await expectToFit(page);
  await page.getByRole('button', { name: 'Publish now' }).tap();
  await page.waitForURL(/organize\//);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expectToFit(page);
  await page.getByRole('main').getByRole('link', { name: 'View public page' }).first().tap();
  await page.waitForURL(/\/competitions\/[^/]+$/);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expectToFit(page);
  await expectAccessible(page, 'a wide description');

  const second = await newContext({ viewport: PHONE, hasTouch: true });
  const other = await second.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Menu', exact: true }).tap();
  await other.locator('#site-menu').getByRole('searchbox').fill(title);
  await other.keyboard.press('Enter');
  await other.waitForURL(/search=/);
  await expectToFit(other);
  await other.getByRole('link', { name: title }).tap();
  await visitorButton(other).tap();
  await other.waitForURL(/sign-up/);
  await signUp(other, 'Pia Participant');
  await expect(registeredHeading(other)).toBeInViewport();
  await expectToFit(other);

  await openFromMenu(other, 'My registrations');
  await expect(
    other.getByRole('region', { name: 'Registered' }).getByRole('link', { name: title, exact: true }),
  ).toBeVisible();
  await openFromMenu(other, 'Mailbox');
  await other.getByRole('link', { name: `You’re in: ${title}` }).tap();
  await expect(other.getByRole('heading', { level: 2, name: `You’re in: ${title}` })).toBeFocused();
  await expectToFit(other);
  await other.getByRole('link', { name: 'View competition' }).tap();
  await other.getByRole('button', { name: 'Leave' }).tap();
  await expectToFit(other);
  await other.getByRole('dialog').getByRole('button', { name: 'Leave' }).tap();
  await expect(other.getByText('You’ve left')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Register' })).toBeEnabled();
});

test('on a phone: the tab of the open page is in view', async ({ page, context, organizer, competition }) => {
  await signIn(context, organizer.email);
  await page.setViewportSize({ width: 320, height: 800 });
  for (const name of ['Settings', 'Staff']) {
    await page.goto(`/organize/${competition.id}`);
    const tab = page.getByRole('navigation', { name: 'Parts of this competition' }).getByRole('link', { name });
    await tab.tap();
    await expect(tab).toHaveAttribute('aria-current', 'page');
    await page.reload();
    await expect(tab).toBeInViewport({ ratio: 1 });
  }
});

test('on a phone: the members of a listed team take the width of its card', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { teamMin: 2, teamMax: 3 });
  await backend.createTeam(competition, 2);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/teams`);
  const card = page.getByRole('row').last();
  await card.getByText('2 members').tap();
  const [whole, list] = [await card.boundingBox(), await card.getByRole('list').boundingBox()];
  expect(list?.width).toBeCloseTo(whole?.width ?? 0, 0);
});

test('on a phone: a button without a border that begins a line is not indented', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.invite(organizer, competition.id, uniqueEmail());
  await signIn(context, organizer.email);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(`/organize/${competition.id}/invitations`);
  const text = page.getByRole('button', { name: /^Withdraw/ });
  const above = await page.getByRole('button', { name: /^Copy link/ }).boundingBox();
  const begin = await text.evaluate((button) => {
    const range = document.createRange();
    range.selectNodeContents(button);
    return range.getBoundingClientRect();
  });
  expect(begin.top).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
  expect(begin.left).toBeCloseTo(above?.x ?? 0, 0);
});
