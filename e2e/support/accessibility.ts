import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Language } from '../../packages/shared/src/languages.js';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 375, height: 800 };

const APPEARANCES = [
  { colorScheme: 'light', size: DESKTOP },
  { colorScheme: 'dark', size: PHONE },
] as const;
const ALL_APPEARANCES = [
  ...APPEARANCES,
  { colorScheme: 'light', size: PHONE },
  { colorScheme: 'dark', size: DESKTOP },
] as const;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Without a reload: light on a desktop, then dark on a phone. */
export async function inEachAppearance(
  page: Page,
  check: (appearance: string) => Promise<void>,
  appearances: readonly (typeof ALL_APPEARANCES)[number][] = APPEARANCES,
): Promise<void> {
  for (const { colorScheme, size } of appearances) {
    // A spinning element is repainted continuously, which disturbs the checks.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await check(`${colorScheme}, ${size.width} px`);
  }
}

/** No axe violation in the part of the page, and no horizontal scrolling of the whole page. */
export async function expectAccessible(
  page: Page,
  name: string,
  { part = 'html', withoutContrast = false } = {},
): Promise<void> {
  await waitForAnimations(page);
  const hasAxe = await page.evaluate(() => 'axe' in window);
  // Otherwise each check compiles the 600 kB of axe twice, although they stay in the page until it is left.
  const { violations } = await new AxeBuilder({ page, ...(hasAxe && { axeSource: 'undefined' }) })
    .include(part)
    // Preloading fetches style sheets again, which never completes offline. None of these rules needs it.
    // Elements that pass are not asked for: a selector for each of them takes longer than the rules.
    .options({ preload: false, resultTypes: ['violations'] })
    .withTags(RULES)
    .disableRules(withoutContrast ? ['color-contrast'] : [])
    // Without it, axe opens a second page to merge the results of cross-origin frames, of which there are none.
    .setLegacyMode()
    .analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual(
    [],
  );
  await expectNoOverflow(page, name);
}

/** Also for 1440 px at 400 %. */
const NARROW = { width: 320, height: 800 };

/**
 * Accessible, and not wider than the narrowest window. In English in all appearances, and with the contrast of colors,
 * which takes most of the time and is the same in other languages.
 */
export async function expectReadable(page: Page, name: string, language: Language): Promise<void> {
  const options = { withoutContrast: language !== 'en' };
  const appearances = language === 'en' ? ALL_APPEARANCES : APPEARANCES;
  await inEachAppearance(page, (appearance) => expectAccessible(page, `${name} (${appearance})`, options), appearances);
  await page.setViewportSize(NARROW);
  await expectNoOverflow(page, `${name} (${NARROW.width} px)`);
}

async function expectNoOverflow(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

/**
 * While an element fades in, axe measures a contrast that is too low. Ignores endless animations, and those of hidden
 * elements: in a closed `details` they never end.
 */
async function waitForAnimations(page: Page): Promise<void> {
  // Until the next frame but one, transitions to the colors of a new appearance may not have begun.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .filter(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility())
        .map((animation) => animation.finished.catch(() => {})), // rejects if the animation is canceled
    ),
  );
}
