import { expireAccessToken, signInWithForm } from './support/account.js';
import { signIn, signInAsParticipant } from './support/backend.js';
import { openCompetition, pathOf } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

test.use({ locale: 'en' });

type Box = { readonly x: number; readonly width: number };

test('LA-14 the language chosen in the footer stays after a reload, and pages are in it', async ({ page }) => {
  await page.goto('/competitions');
  await page.getByRole('contentinfo').getByLabel('Language').selectOption('العربية');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(html).toHaveAttribute('lang', 'ar');
  await expect(page.getByRole('heading', { level: 1, name: texts('catalog', 'ar')('list.title') })).toBeVisible();
  await page.reload();
  await expect(html).toHaveAttribute('lang', 'ar');
});

test('LA-14 the language that a signed-in person chooses is that of the account, also in another browser', async ({
  page,
  context,
  newContext,
  backend,
}) => {
  const me = await signInAsParticipant(context, backend);
  await page.goto('/registrations');
  const saved = page.waitForResponse((response) => response.url().endsWith('/auth/me') && response.ok());
  await page.getByRole('contentinfo').getByLabel('Language').selectOption('Deutsch');
  await saved;
  const title = texts('registrations', 'de')('title');
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();

  const other = await newContext({ locale: 'en' });
  const otherPage = await other.newPage();
  await otherPage.goto('/sign-in?next=%2Fregistrations');
  await expect(otherPage.locator('html')).toHaveAttribute('lang', 'en');
  await signInWithForm(otherPage, me.email);
  await expect(otherPage.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expireAccessToken(other);
  await otherPage.reload();
  await expect(otherPage.getByRole('heading', { level: 1, name: title })).toBeVisible();
});

test('LA-09 a person who chose a language for the account gets messages in it', async ({
  page,
  context,
  backend,
  competition,
}) => {
  const me = await backend.signUp('PARTICIPANT');
  await backend.changeAccount(me, { language: 'ar', timeZone: 'Asia/Dubai' });
  await backend.register(me, competition.id);
  await signIn(context, me.email);
  const title = texts('mail', 'ar')('confirmed.title', { competition: competition.title });
  const words = title.replace(competition.title, '').trim();
  await expect(async () => {
    await page.goto('/mailbox');
    await expect(page.getByRole('main').getByText(words).first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
});

for (const { zone, time } of [
  { zone: 'Asia/Kolkata', time: /23:30.*(IST|GMT\+5:30)/ },
  { zone: 'America/New_York', time: /13:00.*(EST|GMT-5)/ },
])
  test.describe(`in ${zone}`, () => {
    test.use({ timezoneId: zone });

    test('LA-16 dates are in the zone of the reader, which is named', async ({ page, backend, organizer }) => {
      const dates = { regDeadline: '2099-01-09T18:00:00Z', startDate: '2099-01-10T18:00:00Z' };
      const competition = await backend.createCompetition(organizer, dates);
      await openCompetition(page, competition);
      const times = page.getByRole('main').locator('time').filter({ hasText: time });
      await expect(times.first()).toBeVisible();
      // The second time the server knows the zone.
      const response = await page.goto(pathOf(competition));
      expect(await response?.text()).toMatch(time);
    });
  });

test('LA-16 the first page that a browser asks for is in the zone of the account', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const dates = { regDeadline: '2099-01-09T18:00:00Z', startDate: '2099-01-10T18:00:00Z' };
  const competition = await backend.createCompetition(organizer, dates);
  const me = await backend.signUp('PARTICIPANT');
  await backend.changeAccount(me, { timeZone: 'Asia/Kolkata' });
  await signIn(context, me.email);
  const response = await page.goto(pathOf(competition));
  expect(await response?.text()).toMatch(/23:30.*(IST|GMT\+5:30)/);
});

for (const { language, edge } of [
  { language: 'en', edge: ({ x, width }: Box) => x + width },
  { language: 'ar', edge: ({ x }: Box) => x },
] as const)
  test(`the menu of the account ends where its button ends, in ${language}`, async ({ page, context, backend }) => {
    const me = await backend.signUp('PARTICIPANT');
    await backend.changeAccount(me, { language });
    await signIn(context, me.email);
    await page.goto('/registrations');
    const name = texts('layout', language)('account.label', { name: me.name });
    const button = page.getByRole('banner').getByRole('button', { name });
    await button.click();
    const menu = page.locator('[popover]:popover-open');
    await expect(menu).toBeVisible();
    await expect
      .poll(async () => Math.abs(edge((await menu.boundingBox())!) - edge((await button.boundingBox())!)))
      .toBeLessThan(2);
  });

test('a name of the other direction begins where the page begins', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 1);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('contentinfo').getByLabel('Language').selectOption('العربية');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const name = page.getByRole('rowheader').locator('bdi').first();
  await expect(name).toHaveCSS('direction', 'ltr');
  await expect(name).toHaveCSS('text-align', 'right');
});
