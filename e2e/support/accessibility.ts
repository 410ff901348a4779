import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Language } from '../../packages/shared/src/languages.js';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 375, height: 800 };

interface Appearance {
  readonly colorScheme: 'light' | 'dark';
  readonly size: typeof DESKTOP;
}

const APPEARANCES: readonly Appearance[] = [
  { colorScheme: 'light', size: DESKTOP },
  { colorScheme: 'dark', size: PHONE },
];
/** Each width in the other colors. */
const OTHER_APPEARANCES: readonly Appearance[] = [
  { colorScheme: 'light', size: PHONE },
  { colorScheme: 'dark', size: DESKTOP },
];

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const CONTRAST = 'color-contrast';
/** 7:1, or 4.5:1 for large texts. */
const HIGH_CONTRAST = 'color-contrast-enhanced';
/** Checked with a wait: React replaces the title when a page is read again, and once axe found none just then. */
const TITLE = 'document-title';

/** Without a reload: light on a desktop, then dark on a phone. */
export async function inEachAppearance(
  page: Page,
  check: (appearance: string) => Promise<void>,
  appearances = APPEARANCES,
): Promise<void> {
  for (const { colorScheme, size } of appearances) {
    // A spinning element is repainted continuously, which disturbs the checks.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await check(`${colorScheme}, ${size.width} px`);
  }
}

interface Checks {
  readonly part?: string;
  readonly rules?: 'all' | 'contrast' | 'high contrast' | 'all but contrast';
}

/** No axe violation in the part of the page, and no horizontal scrolling of the whole page. */
export async function expectAccessible(
  page: Page,
  name: string,
  { part = 'html', rules = 'all' }: Checks = {},
): Promise<void> {
  await waitForAnimations(page);
  const hasAxe = await page.evaluate(() => 'axe' in window);
  // Otherwise each check compiles the 600 kB of axe twice, although they stay in the page until it is left.
  const axe = new AxeBuilder({ page, ...(hasAxe && { axeSource: 'undefined' }) })
    .include(part)
    // Preloading fetches style sheets again, which never completes offline. None of these rules needs it.
    // Elements that pass are not asked for: a selector for each of them takes longer than the rules.
    .options({ preload: false, resultTypes: ['violations'] })
    // Without it, axe opens a second page to merge the results of cross-origin frames, of which there are none.
    .setLegacyMode();
  if (rules === 'contrast') axe.withRules(CONTRAST);
  else if (rules === 'high contrast') axe.withRules(HIGH_CONTRAST);
  else axe.withTags(RULES).disableRules(rules === 'all but contrast' ? [CONTRAST, TITLE] : [TITLE]);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => {
      const elements = nodes.map(({ target, any }) => `${target} (${any.map(({ message }) => message).join(' ')})`);
      return `${name}: ${id} ${elements.join(' ')}`;
    }),
  ).toEqual([]);
  await expect(page, `${name} has a title`).toHaveTitle(/\S/);
  await expectNoOverflow(page, name);
}

/** Also for 1440 px at 400 %. */
const NARROW = { width: 320, height: 800 };

/**
 * Accessible, and not wider than the narrowest window. What depends neither on the language nor on the colors is checked
 * once: contrast in English, in all appearances; the other rules in English in each width, and in other languages on a
 * phone, where their texts have the least room.
 */
export async function expectReadable(page: Page, name: string, language: Language): Promise<void> {
  if (language === 'en') {
    await inEachAppearance(page, (appearance) => expectAccessible(page, `${name} (${appearance})`));
    const expectContrast = (appearance: string) =>
      expectAccessible(page, `${name} (${appearance})`, { rules: 'contrast' });
    await inEachAppearance(page, expectContrast, OTHER_APPEARANCES);
  } else {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(DESKTOP);
    await expectNoOverflow(page, `${name} (${DESKTOP.width} px)`);
    await page.setViewportSize(PHONE);
    await expectAccessible(page, `${name} (${PHONE.width} px)`, { rules: 'all but contrast' });
  }
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
