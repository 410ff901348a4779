import type { BrowserContext, Page } from '@playwright/test';
import { ERROR_PAGE_POLICY, errorPage } from '../apps/backend/src/front/error-page.js';
import {
  accountMenu,
  expireAccessToken,
  sessionCookies,
  signInByHand,
  signOutByHand,
  signUpByHand,
} from './support/account.js';
import { gateOf } from './support/gate.js';
import { type Account, type House, PASSWORD, signIn } from './support/house.js';
import { type OpenPlace, openPlace, PLACES, type PlaceName, RESOLVER_RULES } from './support/places.js';
import { test as base, expect, expectAccessible, inEachLook, watch } from './support/test.js';

interface Fixtures {
  at: PlaceName;
  place: OpenPlace;
  /** A competition with five seats, and who organizes it. */
  organizer: Account;
  competition: { id: string; title: string };
}

const test = base.extend<Fixtures>({
  at: ['at its own address', { option: true }],
  place: async ({ at, baseURL, context }, use) => {
    const place = await openPlace(at, baseURL ?? '');
    await use(place);
    // What pages still load is broken off by them, not by the proxy.
    await Promise.all(context.pages().map((page) => page.close()));
    await place.close();
  },
  organizer: ({ house }, use) => house.signUp('ORGANIZER').then(use),
  competition: ({ house, organizer }, use) => house.aCompetition(organizer).then(use),
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--host-resolver-rules=${RESOLVER_RULES}`] }),
    { scope: 'worker' },
  ],
});

test.use({ ignoreHTTPSErrors: true });
test.describe.configure({ mode: 'parallel' });

const pathOf = ({ id }: { id: string }) => `/competitions/${id}`;
const live = (page: Page) => gateOf(page).getByText('Live', { exact: true });
const registerButton = (page: Page) => gateOf(page).getByRole('button', { name: 'Register', exact: true });
const youAreIn = (page: Page) => gateOf(page).getByRole('heading', { name: 'You are in' });
const seats = (page: Page, words: string) => gateOf(page).getByRole('img', { name: words });

for (const at of Object.keys(PLACES) as PlaceName[])
  test.describe(at, () => {
    test.use({ at });

    test('somebody signs up from a competition, registers with one press, watches the seats, signs out and in again', async ({
      page,
      context,
      house,
      place,
      organizer,
      competition,
    }) => {
      const address = place.origin + pathOf(competition);
      await page.goto(address);
      await page.getByRole('link', { name: 'Sign in to register' }).click();
      await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
      const me = await signUpByHand(page);
      await expect(page).toHaveURL(address);
      const cookies = await sessionCookies(context);
      expect(cookies.map(({ name, httpOnly, sameSite, secure }) => ({ name, httpOnly, sameSite, secure }))).toEqual(
        ['mc_access', 'mc_refresh'].map((name) => ({ name, httpOnly: true, sameSite: 'Lax', secure: place.isSecure })),
      );

      await registerButton(page).click();
      await expect(youAreIn(page)).toBeVisible();
      await expect(live(page)).toBeVisible();
      await house.register(await house.signUp('PARTICIPANT'), competition.id);
      await expect(seats(page, '3 of 5 seats left')).toBeVisible();
      expect(await house.registered(organizer, competition.id)).toHaveLength(2);

      await signOutByHand(page);
      expect(await sessionCookies(context)).toEqual([]);
      await page.goto(`${place.origin}/mailbox`);
      await expect(page).toHaveURL(`${place.origin}/sign-in?next=%2Fmailbox`);
      await signInByHand(page, me.email);
      await expect(page).toHaveURL(`${place.origin}/mailbox`);
      await expect(page.getByText(`You are in: ${competition.title}`)).toBeVisible();
    });

    test('an organizer downloads the list by its link, though the access token has expired', async ({
      page,
      context,
      house,
      place,
      organizer,
      competition,
    }) => {
      const person = await house.signUp('PARTICIPANT');
      await house.register(person, competition.id);
      await page.goto(`${place.origin}/organize/${competition.id}`);
      await signInByHand(page, organizer.email);
      const link = page.getByRole('link', { name: 'Export all as CSV' });
      await expect(link).toBeVisible();
      await expireAccessToken(context);
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toMatch(/\.csv$/);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).toString()).toContain(person.email);
      expect(await sessionCookies(context)).toHaveLength(2);
    });

    test('a stranger’s page can neither act for somebody who is signed in, nor sign anybody in or out', async ({
      browser,
      house,
      place,
      organizer,
      competition,
    }) => {
      const [victim, stranger] = [await house.signUp('PARTICIPANT'), await house.signUp('PARTICIPANT')];
      // Not watched for trouble: what the browser says to such pages is theirs.
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${place.origin}/sign-in`);
      await signInByHand(page, victim.email);
      const before = await sessionCookies(context);
      const paths = [`/competitions/${competition.id}/register`, '/auth/logout'];
      for (const send of [submitForm, sendWithoutCors])
        for (const path of paths) {
          expect(REFUSED, `${send.name} ${path}`).toContain(await send(page, place, 'same host', path, ''));
          // The browser itself keeps the cookies back.
          await send(page, place, 'other site', path, '');
        }
      expect(await sessionCookies(context)).toEqual(before);
      expect(await house.registered(organizer, competition.id)).toEqual([]);
      await page.goto(`${place.origin}/profile`);
      await expect(page.getByRole('main').getByText(victim.email)).toBeVisible();

      await context.clearCookies();
      const credentials = JSON.stringify({ email: stranger.email, password: PASSWORD });
      for (const send of [submitForm, sendWithoutCors])
        for (const where of ['same host', 'other site'] as const)
          expect(REFUSED).toContain(await send(page, place, where, '/auth/login', credentials));
      expect(await sessionCookies(context)).toEqual([]);
      await context.close();
    });

    test('a shared link shows its card, and one that leads nowhere says so', async ({
      page,
      place,
      competition,
      baseURL,
    }) => {
      await page.goto(place.origin + pathOf(competition));
      const card = new URL((await page.locator('meta[property="og:image"]').getAttribute('content')) ?? '');
      expect(card.origin).toBe(baseURL);
      const size = await page.evaluate(async (path) => {
        const image = await createImageBitmap(await (await fetch(path)).blob());
        return [image.width, image.height];
      }, card.pathname + card.search);
      expect(size).toEqual([1200, 630]);

      const answer = await page.goto(`${place.origin}/competitions/00000000-0000-7000-8000-000000000000`);
      expect(answer?.status()).toBe(404);
      await page.getByRole('link', { name: 'Search competitions' }).click();
      await expect(page).toHaveURL(`${place.origin}/competitions`);
    });
  });

type Attack = (
  page: Page,
  place: OpenPlace,
  where: 'same host' | 'other site',
  path: string,
  json: string,
) => Promise<number | 'blocked'>;

/** What a page of somebody else may be answered. `blocked`: the browser does not let it have the answer. */
const REFUSED = [403, 415, 'blocked'];

/** A form without fields has no body. With one, its body can read as JSON: the name is its beginning, the value its end. */
const submitForm: Attack = async (page, place, where, path, json) => {
  const name = json.replace(/}$/, ',"x":"').replaceAll('"', '&quot;');
  const field = json && `<input type="hidden" name="${name}" value="&quot;}">`;
  const form = `<form method="post" enctype="text/plain" action="${place.origin}/api${path}">${field}<button>Win</button></form>`;
  await page.goto(await place.strangersPage(where, form));
  const [answer] = await Promise.all([answerTo(page, path), page.getByRole('button', { name: 'Win' }).click()]);
  return answer;
};

/** What a script may send without asking first, the cookies with it. */
const sendWithoutCors: Attack = async (page, place, where, path, json) => {
  await page.goto(await place.strangersPage(where, '<h1>Win</h1>'));
  const [answer] = await Promise.all([
    answerTo(page, path),
    page.evaluate(
      ([url, body]) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => {}),
      [`${place.origin}/api${path}`, json || null] as const,
    ),
  ]);
  return answer;
};

async function answerTo(page: Page, path: string): Promise<number | 'blocked'> {
  const request = await page.waitForRequest((one) => one.url().endsWith(`/api${path}`));
  return (await request.response())?.status() ?? 'blocked';
}

test.describe('when the access token expires', () => {
  async function participant(context: BrowserContext, house: House): Promise<Account> {
    const me = await house.signUp('PARTICIPANT');
    await signIn(context, me.email);
    return me;
  }

  test('a page that asks for much at once gets all of it, in one session', async ({ page, context, house }) => {
    await participant(context, house);
    await page.goto('/registrations');
    await expireAccessToken(context);
    const answers = await page.evaluate(() =>
      Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          fetch(n % 2 === 0 ? '/api/auth/me' : '/mailbox').then(({ status, redirected }) => `${status} ${redirected}`),
        ),
      ),
    );
    expect([...new Set(answers)]).toEqual(['200 false']);
    await page.goto('/profile');
    await expect(page.getByText('This one')).toHaveCount(1);
  });

  test('two tabs at once both go on, each time', async ({ page, context, house }) => {
    await participant(context, house);
    const other = await context.newPage();
    for (const path of ['/mailbox', '/profile']) {
      await expireAccessToken(context);
      await Promise.all([page.goto('/registrations'), other.goto(path)]);
      for (const tab of [page, other]) await expect(accountMenu(tab)).toBeVisible();
    }
  });

  test('one press registers once', async ({ page, context, house, organizer, competition }) => {
    await participant(context, house);
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/register')) requests++;
    });
    await page.goto(pathOf(competition));
    await expect(live(page)).toBeVisible();
    await expireAccessToken(context);
    await registerButton(page).click();
    await expect(youAreIn(page)).toBeVisible();
    expect(requests).toBe(1);
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('a stream of seats goes on, and renews the session when it connects again', async ({
    page,
    context,
    house,
    competition,
  }) => {
    await participant(context, house);
    await page.goto(pathOf(competition));
    await expect(live(page)).toBeVisible();
    await expireAccessToken(context);
    await house.register(await house.signUp('PARTICIPANT'), competition.id);
    await expect(seats(page, '4 of 5 seats left')).toBeVisible();
    await expect(live(page)).toBeVisible();
    await context.setOffline(true);
    await expect(gateOf(page)).toContainText('Connection lost');
    await context.setOffline(false);
    await expect(live(page)).toBeVisible();
    expect(await sessionCookies(context)).toHaveLength(2);
  });

  test('and the person has signed out in another tab, this one leads to sign-in and back', async ({
    page,
    context,
    house,
    organizer,
    competition,
  }) => {
    const me = await participant(context, house);
    await page.goto(pathOf(competition));
    await expect(live(page)).toBeVisible();
    const other = await context.newPage();
    await other.goto('/');
    await signOutByHand(other);
    await registerButton(page).click();
    await expect(page.getByText('Your session has ended')).toBeVisible();
    await signInByHand(page, me.email);
    await expect(page).toHaveURL(pathOf(competition));
    await registerButton(page).click();
    await expect(youAreIn(page)).toBeVisible();
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('S15 and a copied refresh token comes up after its owner went on, the session ends for both', async ({
    page,
    context,
    browser,
    house,
    trouble,
    organizer,
    competition,
  }) => {
    const me = await participant(context, house);
    const copied = await sessionCookies(context);
    await expireAccessToken(context);
    await page.goto(pathOf(competition));
    await house.usedTokensAge(me);

    const thief = await browser.newContext();
    watch(thief, trouble);
    await thief.addCookies(copied.filter(({ name }) => name === 'mc_refresh'));
    const stolen = await thief.newPage();
    await stolen.goto('/profile');
    await expect(stolen).toHaveURL('/sign-in?next=%2Fprofile&ended=1');
    expect(await sessionCookies(thief)).toEqual([]);
    await thief.close();

    await registerButton(page).click();
    await expect(page.getByText('Your session has ended')).toBeVisible();
    expect(await house.registered(organizer, competition.id)).toEqual([]);
  });

  test('and nobody can say whether the session goes on, the page says so, and opens when it can', async ({
    page,
    context,
    house,
  }) => {
    const me = await participant(context, house);
    await expireAccessToken(context);
    await house.sessionsHeldUp(me, async () => {
      const answer = await page.goto('/profile');
      expect(answer?.status()).toBe(503);
      await expect(page.getByRole('heading', { level: 1, name: 'We’ll be right back' })).toBeVisible();
    });
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('main').getByText(me.email)).toBeVisible();
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('pages know the person, a search is answered, a competition can be read', async ({
      page,
      context,
      house,
      competition,
    }) => {
      const me = await participant(context, house);
      await house.register(me, competition.id);
      await expireAccessToken(context);
      await page.goto('/profile');
      await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
      await expect(page.getByText(me.email).filter({ visible: true })).toHaveCount(1);

      await expireAccessToken(context);
      await page.getByRole('banner').getByRole('searchbox').fill(competition.title);
      await page.keyboard.press('Enter');
      await page.waitForURL(/search=/);
      await expect(accountMenu(page)).toBeVisible();

      await expireAccessToken(context);
      await page.getByRole('link', { name: competition.title }).click();
      await expect(page.getByRole('heading', { level: 1, name: competition.title })).toBeVisible();
      await expect(youAreIn(page)).toBeVisible();
      expect(await sessionCookies(context)).toHaveLength(2);
    });
  });
});

const REFERENCE = '0198c2f1-7c1d-7cc0-9a2e-5f0d3c8b1a77';

/** What the front server answers where there is no page, in each language, and in a theme that the system does not have. */
const ERROR_PAGES: Parameters<typeof errorPage>[0][] = [
  ...(['en', 'de', 'ar'] as const).flatMap((language) => [
    { kind: 'UNAVAILABLE', language, theme: '' } as const,
    { kind: 'FAILED', language, theme: '', reference: REFERENCE } as const,
    { kind: 'TOO_EARLY', language, theme: '' } as const,
  ]),
  { kind: 'UNAVAILABLE', language: 'en', theme: 'light' },
  { kind: 'UNAVAILABLE', language: 'en', theme: 'dark' },
];

test('the pages of a web app that is away have no barrier, and break no rule of their own', async ({ page }) => {
  let shown = '';
  await page.route('/', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': ERROR_PAGE_POLICY },
      body: shown,
    }),
  );
  for (const options of ERROR_PAGES) {
    shown = errorPage(options);
    await page.goto('/');
    await inEachLook(page, (look) => expectAccessible(page, `${JSON.stringify(options)} (${look})`));
  }
});
