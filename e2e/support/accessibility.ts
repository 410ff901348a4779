import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 375, height: 800 };

const APPEARANCES = [
  { colorScheme: 'light', size: DESKTOP },
  { colorScheme: 'dark', size: PHONE },
] as const;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Without a reload: light on a desktop, then dark on a phone. */
export async function inEachAppearance(page: Page, check: (appearance: string) => Promise<void>): Promise<void> {
  for (const { colorScheme, size } of APPEARANCES) {
    // A spinning element is repainted continuously, which disturbs the checks.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await check(`${colorScheme}, ${size.width} px`);
  }
}

/** No axe violation in the part of the page, and no horizontal scrolling of the whole page. */
export async function expectAccessible(page: Page, name: string, part = 'html'): Promise<void> {
  await waitForAnimations(page);
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    // Preloading fetches style sheets again, which never completes offline. None of these rules needs it.
    .options({ preload: false })
    .withTags(RULES)
    // Without it, axe opens a second page to merge the results of cross-origin frames, of which there are none.
    .setLegacyMode()
    .analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual(
    [],
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** While an element fades in, axe measures a contrast that is too low. Endless animations are ignored. */
async function waitForAnimations(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished.catch(() => {})), // rejects if the animation is canceled
    ),
  );
}
