import { type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { type Account, Backend, type Competition } from './backend.js';

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

export const test = base.extend<Fixtures>({
  backend: async ({ playwright, baseURL }, use) => {
    const api = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
    await use(new Backend(api));
    await api.dispose();
  },
  organizer: ({ backend }, use) => backend.signUp('ORGANIZER').then(use),
  competition: ({ backend, organizer }, use) => backend.createCompetition(organizer).then(use),
  problems: [
    async ({ context }, use) => {
      const problems: string[] = [];
      collectProblems(context, problems);
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  newContext: async ({ browser, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      collectProblems(context, problems);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/**
 * What the browser logs about responses and network failures that a test provokes; and about Playwright, which reads the
 * pictures that a page shows from the device for its trace.
 */
const EXPECTED =
  /status of (400|401|403|404|409|412|422|429|503)|net::ERR_(INTERNET_DISCONNECTED|FAILED|ABORTED|CONNECTION)|^Connecting to 'blob:/;

function collectProblems(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error())));
  context.on('response', (response) => {
    if (response.status() >= 500 && response.status() !== 503) problems.push(`${response.status()} ${response.url()}`);
  });
}

export { expect };
