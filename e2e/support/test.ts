import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { type Account, Backend, type Competition } from './backend.js';

interface Options {
  /** Statuses that only some tests provoke, so that the browser may log them there: `test.use({ refusals: [429] })`. */
  refusals: readonly number[];
  /** Likewise for network errors, without `net::ERR_`: `test.use({ networkErrors: ['EMPTY_RESPONSE'] })`. */
  networkErrors: readonly string[];
}

interface Fixtures {
  backend: Backend;
  organizer: Account;
  /** Of `organizer`: open, with five seats and a waitlist. */
  competition: Competition;
  /** Errors in the console and responses with a 5xx. At the end of the test there must be none. */
  problems: string[];
  /** Opens a second browser profile, whose problems count too. It is closed at the end of the test. */
  newContext: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures & Options>({
  refusals: [[], { option: true }],
  networkErrors: [[], { option: true }],
  backend: async ({ playwright, baseURL }, use) => {
    const api = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
    await use(new Backend(api, baseURL));
    await api.dispose();
  },
  organizer: ({ backend }, use) => backend.signUp('ORGANIZER').then(use),
  competition: ({ backend, organizer }, use) => backend.createCompetition(organizer).then(use),
  problems: [
    async ({ context, refusals, networkErrors }, use) => {
      const problems: string[] = [];
      collectProblems(context, problems, { refusals, networkErrors });
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  newContext: async ({ browser, problems, refusals, networkErrors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      collectProblems(context, problems, { refusals, networkErrors });
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/**
 * What the browser logs about responses and network failures that a test provokes. The last one is about a service worker
 * that looks for a newer version of itself without a network.
 */
const EXPECTED =
  /status of (401|403|404|409|412|422|503)|net::ERR_(INTERNET_DISCONNECTED|FAILED|ABORTED|CONNECTION)|occurred when fetching the script\.$/;

function collectProblems(context: BrowserContext, problems: string[], { refusals, networkErrors }: Options): void {
  const isExpected = (text: string) =>
    EXPECTED.test(text) ||
    refusals.some((status) => text.includes(`status of ${status} `)) ||
    networkErrors.some((error) => text.endsWith(`net::ERR_${error}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('response', (response) => {
    if (response.status() >= 500 && response.status() !== 503) problems.push(`${response.status()} ${response.url()}`);
  });
}

export { expect };
