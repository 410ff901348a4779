import { accountMenu, expireAccessToken, sessionCookies, signInWithForm, signOutWithMenu } from './support/account.js';
import { type Account, signInAsParticipant } from './support/backend.js';
import {
  connectionStatus,
  panelButton,
  pathOf,
  registeredHeading,
  registrationPanel,
  seatsGraphic,
} from './support/registration-panel.js';
import { test as base, expect } from './support/test.js';
import { texts } from './support/texts.js';

const accounts = texts('accounts');

/** The account that is signed in at the beginning of each test. */
const test = base.extend<{ me: Account }>({
  me: [({ context, backend }, use) => signInAsParticipant(context, backend).then(use), { auto: true }],
});

test.describe('when the access token expires', () => {
  test('many concurrent requests of a page all succeed and keep one session', async ({ page, context }) => {
    await page.goto('/registrations');
    await expireAccessToken(context);
    const responses = await page.evaluate(() =>
      Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          fetch(n % 2 === 0 ? '/api/auth/me' : '/mailbox').then(({ status, redirected }) => `${status} ${redirected}`),
        ),
      ),
    );
    expect([...new Set(responses)]).toEqual(['200 false']);
    await page.goto('/profile');
    await expect(page.getByText(accounts('session.current'))).toHaveCount(1);
  });

  test('two tabs that load pages concurrently both stay signed in, repeatedly', async ({ page, context }) => {
    const other = await context.newPage();
    for (const path of ['/mailbox', '/profile']) {
      await expireAccessToken(context);
      await Promise.all([page.goto('/registrations'), other.goto(path)]);
      for (const tab of [page, other]) await expect(accountMenu(tab)).toBeVisible();
    }
  });

  test('one click registers once, with one request', async ({ page, context, backend, organizer, competition }) => {
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/register')) requests++;
    });
    await page.goto(pathOf(competition));
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expireAccessToken(context);
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
    expect(requests).toBe(1);
    expect(await backend.registrations(organizer, competition.id)).toHaveLength(1);
  });

  test('the event stream of the seats continues, and renews the session when it reconnects', async ({
    page,
    context,
    backend,
    competition,
  }) => {
    await page.goto(pathOf(competition));
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expireAccessToken(context);
    await backend.registerPeople(competition, 1);
    await expect(seatsGraphic(page, '4 of 5 seats left')).toBeVisible();
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await context.setOffline(true);
    await expect(registrationPanel(page)).toContainText('Connection lost');
    await context.setOffline(false);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    expect(await sessionCookies(context)).toHaveLength(2);
  });

  test('and the person has signed out in another tab, the page leads to sign-in and back', async ({
    page,
    context,
    backend,
    me,
    organizer,
    competition,
  }) => {
    await page.goto(pathOf(competition));
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    const other = await context.newPage();
    await other.goto('/');
    await signOutWithMenu(other);
    await panelButton(page).click();
    await expect(page.getByText(accounts('signIn.endedTitle'))).toBeVisible();
    await signInWithForm(page, me.email);
    await expect(page).toHaveURL(pathOf(competition));
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toHaveLength(1);
  });

  test('S15 and a stolen refresh token is reused after its renewal, the session ends for owner and thief', async ({
    page,
    context,
    newContext,
    backend,
    me,
    organizer,
    competition,
  }) => {
    const stolen = await sessionCookies(context);
    await expireAccessToken(context);
    await page.goto(pathOf(competition));
    await backend.ageUsedTokens(me);

    const thief = await newContext();
    await thief.addCookies(stolen.filter(({ name }) => name === 'mc_refresh'));
    const thiefPage = await thief.newPage();
    await thiefPage.goto('/profile');
    await expect(thiefPage).toHaveURL('/sign-in?next=%2Fprofile&ended=1');
    expect(await sessionCookies(thief)).toEqual([]);

    await panelButton(page).click();
    await expect(page.getByText(accounts('signIn.endedTitle'))).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toEqual([]);
  });

  test('and the session cannot be read from the database, an error page is shown until it can', async ({
    page,
    context,
    backend,
    me,
  }) => {
    await expireAccessToken(context);
    await backend.whileSessionsLocked(me, async () => {
      const response = await page.goto('/profile');
      expect(response?.status()).toBe(503);
      await expect(
        page.getByRole('heading', { level: 1, name: texts('serverPages')('unavailable.title') }),
      ).toBeVisible();
    });
    await page.getByRole('link', { name: texts('serverPages')('unavailable.action') }).click();
    await expect(page.getByRole('main').getByText(me.email)).toBeVisible();
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('pages keep the person signed in, and search and competition pages work', async ({
      page,
      context,
      backend,
      me,
      competition,
    }) => {
      await backend.register(me, competition.id);
      await expireAccessToken(context);
      await page.goto('/profile');
      await expect(page.getByRole('heading', { level: 1, name: accounts('profile.heading') })).toBeVisible();
      await expect(page.getByText(me.email).filter({ visible: true })).toHaveCount(1);

      await expireAccessToken(context);
      await page.getByRole('banner').getByRole('searchbox').fill(competition.title);
      await page.keyboard.press('Enter');
      await page.waitForURL(/search=/);
      await expect(accountMenu(page)).toBeVisible();

      await expireAccessToken(context);
      await page.getByRole('link', { name: competition.title }).click();
      await expect(page.getByRole('heading', { level: 1, name: competition.title })).toBeVisible();
      await expect(registeredHeading(page)).toBeVisible();
      expect(await sessionCookies(context)).toHaveLength(2);
    });
  });
});
