import { ERROR_PAGE_POLICY, errorPage } from '../apps/backend/src/platform/http/front/error-page.js';
import { fallback as ar } from '../packages/messages/src/ar/fallback.js';
import { fallback as de } from '../packages/messages/src/de/fallback.js';
import { fallback as en } from '../packages/messages/src/en/fallback.js';
import { expectAccessible, inEachAppearance } from './support/accessibility.js';
import { expect, test } from './support/test.js';
import { startWebApp } from './support/web-app.js';

const REFERENCE = '0198c2f1-7c1d-7cc0-9a2e-5f0d3c8b1a77';

/** Each kind in each language, and one kind in the themes that a person can choose instead of the system's. */
const ERROR_PAGES: Parameters<typeof errorPage>[0][] = [
  ...(['en', 'de', 'ar'] as const).flatMap((language) => [
    { kind: 'unavailable', language, theme: '' } as const,
    { kind: 'failed', language, theme: '', reference: REFERENCE } as const,
    { kind: 'tooEarly', language, theme: '' } as const,
  ]),
  { kind: 'unavailable', language: 'en', theme: 'light' },
  { kind: 'unavailable', language: 'en', theme: 'dark' },
];

test('the error pages of the front server are accessible and follow their own content security policy', async ({
  page,
}) => {
  let body = '';
  await page.route('/', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': ERROR_PAGE_POLICY },
      body,
    }),
  );
  for (const options of ERROR_PAGES) {
    body = errorPage(options);
    await page.goto('/');
    await inEachAppearance(page, (appearance) => expectAccessible(page, `${JSON.stringify(options)} (${appearance})`));
  }
});

test('U15 a page that fails has a title, says that registrations are safe, and offers no sign-in to the signed-in', async ({
  browser,
}) => {
  const web = await startWebApp({ BACKEND_URL: 'http://127.0.0.1:1' });
  for (const isSignedIn of [false, true]) {
    // Not `newContext`: the errors of these pages are expected.
    const context = await browser.newContext();
    if (isSignedIn) await context.addCookies([{ name: 'mc_access', value: 'x', url: web.url }]);
    const page = await context.newPage();
    await page.goto(`${web.url}/competitions`);
    // For the signed-in the layout fails too, since nobody knows who they are.
    const title = isSignedIn ? 'This page couldn’t load' : 'Something went wrong';
    await expect(page).toHaveTitle(`${title} · Mini Compete`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByText('Everything you’ve registered for is safe.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Sign in' })).toHaveCount(isSignedIn ? 0 : 1);
    await expectAccessible(page, isSignedIn ? 'failed, signed in' : 'failed, signed out');
    await context.close();
  }
  await web.stop();
});

test('a page that fails as a whole is in the language of the cookie, else of the browser', async ({ browser }) => {
  const web = await startWebApp({ BACKEND_URL: 'http://127.0.0.1:1' });
  for (const { locale, chosen, language, direction } of [
    { locale: 'en', chosen: 'ar', language: 'ar', direction: 'rtl' },
    { locale: 'de-AT', chosen: null, language: 'de', direction: 'ltr' },
    { locale: 'fr', chosen: null, language: 'en', direction: 'ltr' },
  ] as const) {
    // Not `newContext`: the errors of these pages are expected.
    const context = await browser.newContext({ locale });
    await context.addCookies([{ name: 'mc_access', value: 'x', url: web.url }]);
    if (chosen) await context.addCookies([{ name: 'language', value: chosen, url: web.url }]);
    const page = await context.newPage();
    await page.goto(`${web.url}/competitions`);
    const t = { en, de, ar }[language];
    await expect(page.getByRole('heading', { level: 1, name: t.pageFailed })).toBeVisible();
    await expect(page.getByRole('button', { name: t.retry })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    await expectAccessible(page, `failed, ${language}`);
    await context.close();
  }
  await web.stop();
});
