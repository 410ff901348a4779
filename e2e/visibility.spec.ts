import type { Page } from '@playwright/test';
import { inDays, signIn, signInAsParticipant, unique } from './support/backend.js';
import { registeredHeading, registrationPanel } from './support/registration-panel.js';
import { expect, test } from './support/test.js';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const statusOf = async (page: Page, path: string) => (await page.request.get(path)).status();

test('VI-11 a draft is created, seen by its organizer alone, published and registered for', async ({
  page,
  context,
  backend,
  organizer,
  newContext,
}) => {
  await signIn(context, organizer.email);
  await page.goto('/competitions/new');
  const title = unique('Cup');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Title').press('Enter');
  await expect(page.getByText('Only staff can see this draft')).toBeVisible();
  await expect(heading(page, title)).toBeVisible();
  await page.getByRole('link', { name: 'Preview page' }).click();
  await page.waitForURL(/\/competitions\/[0-9a-f-]+$/);
  const path = new URL(page.url()).pathname;
  await expect(page.getByText('Only staff can see this draft')).toBeVisible();

  // The organizer keeps requesting the draft, so a cache that ignored the session would have it.
  const others = await newContext();
  const other = await others.newPage();
  for (let n = 0; n < 3; n++) {
    expect(await statusOf(page, path)).toBe(200);
    expect(await statusOf(page, `${path}/opengraph-image`)).toBe(200);
    expect(await statusOf(other, path)).toBe(404);
    expect(await statusOf(other, `${path}/opengraph-image`)).toBe(404);
  }
  const card = await page.request.get(`${path}/opengraph-image`);
  expect(card.headers()['cache-control']).toBe('private, no-store');
  await signInAsParticipant(others, backend);
  expect(await statusOf(other, path)).toBe(404);
  await other.goto(`/competitions?search=${encodeURIComponent(title)}`);
  await expect(other.getByText('No competitions match')).toBeVisible();

  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Your competition is live')).toBeVisible();
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(new RegExp(`${path}$`));
  await other.reload();
  await other.getByRole('link', { name: title }).click();
  await registrationPanel(other).getByRole('button', { name: 'Register' }).click();
  await expect(registeredHeading(other)).toBeVisible();
});

test('VI-12 an unlisted competition is reached by its address only, and is not indexed', async ({
  page,
  context,
  backend,
  organizer,
  competition,
  newContext,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const visibility = page.getByRole('region', { name: 'Visibility' });
  await visibility.getByRole('radio', { name: /^Unlisted/ }).check();
  await visibility.getByRole('button', { name: 'Save changes' }).click();
  await expect(visibility.getByText('Saved', { exact: true })).toBeVisible();

  const visitor = await (await newContext()).newPage();
  await visitor.goto(`/competitions?search=${encodeURIComponent(competition.title)}`);
  await expect(visitor.getByText('No competitions match')).toBeVisible();
  await visitor.goto(`/competitions/${competition.id}`);
  await expect(heading(visitor, competition.title)).toBeVisible();
  await expect(visitor.getByText('Only people with the link can find this competition.')).toBeVisible();
  await expect(visitor.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex, nofollow');
  await expect(visitor.getByRole('link', { name: organizer.name })).toHaveCount(0);
  expect(await statusOf(visitor, `/organizers/${organizer.id}`)).toBe(404);

  const listed = await backend.createCompetition(organizer);
  await visitor.goto(`/competitions/${listed.id}`);
  await expect(visitor.locator('meta[name="robots"]')).toHaveCount(0);
});

test('VI-13 the choice of a draft says why it is not possible while people are registered', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 2);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const visibility = page.getByRole('region', { name: 'Visibility' });
  await expect(visibility.getByRole('radio', { name: /^Draft/ })).toBeDisabled();
  await expect(visibility.getByText('while 2 people are registered, waiting or applying')).toBeVisible();
});

test('OG-05 an organizer writes on their page, which shows their public competitions, ahead and past', async ({
  page,
  context,
  backend,
  organizer,
  competition,
  newContext,
}) => {
  const hidden = await backend.createCompetition(organizer, { visibility: 'UNLISTED', startDate: inDays(8) });
  await signIn(context, organizer.email);
  await page.goto('/profile');
  const part = page.getByRole('region', { name: 'Organizer page' });
  await part.getByLabel('About you').fill('We play **chess** on Sundays.');
  await part.getByRole('button', { name: 'Add link' }).click();
  await expect(part.getByLabel('Name of link 1')).toBeFocused();
  await part.getByLabel('Name of link 1').fill('Our club');
  await part.getByLabel('Address of link 1').fill('http://chess.example.org');
  await part.getByRole('button', { name: 'Save organizer page' }).click();
  await expect(part.getByLabel('Address of link 1')).toHaveAccessibleDescription(
    'Enter an address that begins with https://.',
  );
  await part.getByLabel('Address of link 1').fill('https://chess.example.org');
  await part.getByRole('button', { name: 'Save organizer page' }).click();
  await expect(page.getByText('Your organizer page is saved.')).toBeVisible();

  const visitor = await (await newContext()).newPage();
  await visitor.goto(`/competitions/${competition.id}`);
  await visitor.getByRole('link', { name: organizer.name }).click();
  await expect(heading(visitor, organizer.name)).toBeVisible();
  await expect(visitor).toHaveTitle(new RegExp(`Competitions by ${organizer.name}`));
  await expect(visitor.locator('strong', { hasText: 'chess' })).toBeVisible();
  await expect(visitor.getByRole('link', { name: 'Our club' })).toHaveAttribute('href', 'https://chess.example.org');
  await expect(visitor.getByRole('region', { name: 'Upcoming competitions' })).toContainText(competition.title);
  await expect(visitor.getByText(hidden.title)).toHaveCount(0);
  await expect(visitor.getByText(organizer.email)).toHaveCount(0);
});

test('VI-14 the sitemap and robots.txt name public pages only', async ({ page, backend, organizer, competition }) => {
  const unlisted = await backend.createCompetition(organizer, { visibility: 'UNLISTED' });
  const robots = await (await page.request.get('/robots.txt')).text();
  expect(robots).toMatch(/^Sitemap: https?:.*\/sitemap\.xml$/m);
  expect(robots).toMatch(/^Disallow: \/organize\/$/m);
  // The API reads it once a minute.
  await expect
    .poll(async () => (await page.request.get('/sitemap.xml')).text(), { timeout: 75_000, intervals: [1_000] })
    .toContain(`/competitions/${competition.id}`);
  const sitemap = await (await page.request.get('/sitemap.xml')).text();
  expect(sitemap).not.toContain(unlisted.id);
});
