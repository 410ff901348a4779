import { ERROR_PAGE_POLICY, errorPage } from '../apps/backend/src/platform/http/front/error-page.js';
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
