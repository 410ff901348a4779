import { ERROR_PAGE_POLICY, errorPage } from '../apps/backend/src/platform/http/front/error-page.js';
import { expectAccessible, inEachAppearance } from './support/accessibility.js';
import { test } from './support/test.js';

const REFERENCE = '0198c2f1-7c1d-7cc0-9a2e-5f0d3c8b1a77';

/** Each kind in each language, and one kind in the themes that a person can choose instead of the system's. */
const ERROR_PAGES: Parameters<typeof errorPage>[0][] = [
  ...(['en', 'de', 'ar'] as const).flatMap((language) => [
    { kind: 'UNAVAILABLE', language, theme: '' } as const,
    { kind: 'FAILED', language, theme: '', reference: REFERENCE } as const,
    { kind: 'TOO_EARLY', language, theme: '' } as const,
  ]),
  { kind: 'UNAVAILABLE', language: 'en', theme: 'light' },
  { kind: 'UNAVAILABLE', language: 'en', theme: 'dark' },
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
