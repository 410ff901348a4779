import type { Page } from '@playwright/test';
import { DESKTOP, expectAccessible, inEachAppearance } from './support/accessibility.js';
import { signIn, unique } from './support/backend.js';
import { expect, test } from './support/test.js';

/** A PNG of this size: what the page shows. */
const picture = async (page: Page, name: string, width = 1_000) => ({
  name,
  mimeType: 'image/png',
  buffer: await page.screenshot({ clip: { x: 0, y: 0, width, height: 500 } }),
});
const shownFile = (image: HTMLImageElement) => image.currentSrc;

test('UP-01 a cover is chosen, described, seen on the page, in the lists and on the social card, replaced and removed', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}?created=1`);
  await page.getByRole('link', { name: 'Add a cover picture' }).click();
  const section = page.getByRole('region', { name: 'Cover picture' });
  const [boats, other] = [await picture(page, 'boats.png'), await picture(page, 'other.png', 1_100)];
  await section.getByLabel('Choose a picture').setInputFiles(boats);
  await expect(section.getByText('This is how your picture will be cropped.')).toBeVisible();
  await section.getByRole('textbox', { name: /What does it show/ }).fill('Boats at the start');
  await section.getByRole('button', { name: 'Save picture' }).click();
  await expect(section.getByText('Picture saved')).toBeVisible();
  await expect(section.getByLabel('Choose another picture')).toBeFocused();
  await expectAccessible(page, 'settings with a cover');

  const path = `/competitions/${competition.id}`;
  await page.goto(path);
  const cover = page.getByRole('img', { name: 'Boats at the start' });
  await expect(cover).toBeVisible();
  // The smallest file that is sharp at this width.
  await expect.poll(() => cover.evaluate(shownFile)).toMatch(/-800\.webp$/);
  await expect(cover).toHaveAttribute('srcset', /400w.*800w.*1000w/);
  await inEachAppearance(page, async (appearance) => {
    await expectAccessible(page, `page with a cover, ${appearance}`);
  });
  await expect(page.locator('meta[property="og:image:alt"]')).toHaveAttribute('content', 'Boats at the start');
  const card = await page.request.get((await page.locator('meta[property="og:image"]').getAttribute('content')) ?? '');
  expect([card.status(), card.headers()['content-type']]).toEqual([200, 'image/png']);
  await page.goto('/competitions?sort=newest');
  await expect(page.getByRole('article').filter({ hasText: competition.title }).locator('img')).toBeVisible();
  await page.goto('/organize');
  await expect(page.getByRole('listitem').filter({ hasText: competition.title }).locator('img')).toBeVisible();

  await page.goto(`${path}/edit`);
  await section.getByRole('textbox', { name: /What does it show/ }).fill('Boats');
  await section.getByRole('button', { name: 'Save description' }).click();
  await expect(section.getByText('Description saved')).toBeVisible();
  const before = await section.getByRole('img', { name: 'Boats' }).getAttribute('src');
  await section.getByLabel('Choose another picture').setInputFiles(other);
  await section.getByRole('button', { name: 'Save picture' }).click();
  await expect(section.getByText('Picture saved')).toBeVisible();
  await expect(section.getByRole('img', { name: 'Boats' })).not.toHaveAttribute('src', before ?? '');
  await section.getByRole('button', { name: 'Remove picture' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove picture' }).click();
  await expect(section.getByText('Picture removed')).toBeVisible();
  await expect(section.getByLabel('Choose a picture')).toBeFocused();
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});

test('UP-01 a file that is no picture, or too large, is refused in words before it is sent, and what was typed elsewhere stays', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByLabel('Title').fill('Half a title');
  const section = page.getByRole('region', { name: 'Cover picture' });
  const file = section.getByLabel('Choose a picture');
  const uploads: string[] = [];
  page.on('request', (request) => request.method() === 'PUT' && uploads.push(request.url()));
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>');
  await file.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: svg });
  await expect(section.getByRole('alert')).toHaveText(
    'We couldn’t read this file. Choose a JPEG, PNG or WebP picture.',
  );
  await file.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.alloc(9_000_001) });
  await expect(section.getByRole('alert')).toHaveText('This file has 9.1 MB. Choose a picture of at most 8 MB.');
  await file.setInputFiles(await picture(page, 'small.png', 300));
  await expect(section.getByRole('alert')).toHaveText(
    'Choose a picture that is at least 400 pixels wide and 200 high.',
  );
  expect(uploads).toEqual([]);

  await file.setInputFiles(await picture(page, 'boats.png'));
  // The page asks for what others have started, and would show the cancellation before the picture is saved.
  await page.route('**/pending-acts', () => {});
  await backend.cancel(organizer, competition.id);
  await section.getByRole('button', { name: 'Save picture' }).click();
  await expect(section.getByRole('alert')).toHaveText('This competition has been canceled.');
  await section.getByRole('button', { name: 'Discard changes' }).click();
  await expect(file).toBeFocused();
  await expect(page.getByLabel('Title')).toHaveValue('Half a title');
});

test('UP-01 a picture is chosen and saved with the keyboard alone', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  // Before anything is pressed: until the browser has been told to pass the dialog on, it cancels the dialog itself.
  const choosing = page.waitForEvent('filechooser');
  await page.goto(`/competitions/${competition.id}/edit`);
  const section = page.getByRole('region', { name: 'Cover picture' });
  await section.getByLabel('Choose a picture').focus();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles(await picture(page, 'boats.png'));
  await expect(section.getByText('This is how your picture will be cropped.')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Boats');
  await page.keyboard.press('Enter');
  await expect(section.getByText('Picture saved')).toBeVisible();
  await expect(section.getByRole('img', { name: 'Boats' })).toBeVisible();
});

test('cards in one row have their titles at one height, also below a long line about seats and below none', async ({
  page,
  backend,
  organizer,
}) => {
  const tag = unique('row').replace(' ', '-');
  const forTeams = await backend.createCompetition(organizer, { tags: [tag], teamMin: 2, teamMax: 3, capacity: 3 });
  await backend.registerTeam(await backend.createTeam(forTeams, 2), forTeams.id);
  await backend.registerTeam(await backend.createTeam(forTeams, 2), forTeams.id);
  await backend.cancel(organizer, (await backend.createCompetition(organizer, { tags: [tag] })).id);
  await backend.createCompetition(organizer, { tags: [tag], capacity: 500 });
  await page.setViewportSize(DESKTOP);
  await page.goto(`/competitions?tags=${tag}`);
  const titles = page.getByRole('article').getByRole('heading');
  await expect(titles).toHaveCount(3);
  const tops = () => titles.evaluateAll((all) => [...new Set(all.map((one) => one.getBoundingClientRect().top))]);
  await expect.poll(tops).toHaveLength(1);
});
