import { defineConfig } from '@playwright/test';

const { E2E_WEB_URL, CHROMIUM_PATH } = process.env;
// Other tools load this file too. Only the test runner needs a running product.
if (!E2E_WEB_URL && process.argv.some((argument) => argument.includes('playwright')))
  throw new Error('The browser tests need a running product. Start both with: npm test -- browser [filter]');

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 240_000,
  // Enough for a machine that does much else.
  expect: { timeout: 20_000 },
  // A retry would hide a flaky test.
  retries: 0,
  // Each test creates the accounts and competitions that it needs.
  fullyParallel: true,
  // Many tests wait: for a live update, a deadline, the next page.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json']],
  use: {
    ...(E2E_WEB_URL && { baseURL: E2E_WEB_URL }),
    // No trace: it doubles the CPU time of a page, and once a browser context did not close because of it. What a test
    // leaves behind when it fails, a picture and the accessibility tree of the page, is written anyway.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
});
