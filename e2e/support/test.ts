import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { House } from './house.js';

/** Lines of the browser's own about answers that a test provokes: a refusal is an answer like any other. */
const EXPECTED = /status of (401|403|404|409|412|422|503)|net::ERR_(INTERNET_DISCONNECTED|FAILED|ABORTED|CONNECTION)/;

/** Every page of every test is watched: no error in the console, no request that fails with a 5xx. */
export const test = base.extend<{ house: House; trouble: string[] }>({
  house: async ({ playwright, baseURL }, use) => {
    const api = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
    await use(new House(api));
    await api.dispose();
  },
  trouble: [
    async ({ context }, use) => {
      const trouble: string[] = [];
      watch(context, trouble);
      await use(trouble);
      expect(trouble).toEqual([]);
    },
    { auto: true },
  ],
});

export function watch(context: BrowserContext, trouble: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) trouble.push(message.text());
  });
  context.on('weberror', (error) => trouble.push(String(error.error())));
  context.on('response', (response) => {
    if (response.status() >= 500 && response.status() !== 503) trouble.push(`${response.status()} ${response.url()}`);
  });
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** No violation that axe knows of in this part, and nothing on the whole page that has to be scrolled sideways. */
export async function expectAccessible(page: Page, where: string, part = 'html'): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    // Nothing that these rules judge has to be fetched again: offline they would wait for it.
    .options({ preload: false })
    .withTags(RULES)
    // One page without foreign frames: no second page has to be opened to put the findings together.
    .setLegacyMode()
    .analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual(
    [],
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** What is on its way in would be judged half transparent. What turns for ever is waited for by nobody. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished.catch(() => {})),
    ),
  );
}

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 375, height: 800 };

const LOOKS = [
  { colorScheme: 'light', size: WIDE },
  { colorScheme: 'dark', size: PHONE },
] as const;

/** The same page, without reading it anew, in light on a desk and in dark on a phone. */
export async function inEachLook(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  for (const { colorScheme, size } of LOOKS) {
    // What turns would be drawn anew all the while it is judged.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await look(`${colorScheme}, ${size.width} px`);
  }
}

export { expect };
