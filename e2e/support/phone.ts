import { expect, type Page } from '@playwright/test';

/** The height that a finger needs. */
const TARGET = 44;

/**
 * No horizontal scrolling, no button whose one word is broken over two lines, and nothing to press that is too small for a
 * finger. A link in a sentence has the height of its line.
 */
export async function expectToFit(page: Page): Promise<void> {
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  await expect.poll(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  const broken = await page.getByRole('button').evaluateAll((buttons) =>
    buttons
      .flatMap((button) => [...button.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE))
      .filter((text) => {
        const word = document.createRange();
        word.selectNode(text);
        return !text.textContent?.trim().includes(' ') && word.getClientRects().length > 1;
      })
      .map(({ textContent }) => textContent),
  );
  expect(broken, page.url()).toEqual([]);
  expect(await page.evaluate(smallTargets, TARGET), page.url()).toEqual([]);
}

/** The texts of buttons, links and checkboxes that a finger may miss. */
function smallTargets(target: number): string[] {
  const before = window.scrollY;
  const areaOf = (element: Element) => (element instanceof HTMLInputElement && element.labels?.[0]) || element;
  const isInSentence = (element: Element) =>
    getComputedStyle(element).display === 'inline' && element.parentElement?.textContent !== element.textContent;
  const isSmall = (element: Element) => {
    const { height } = areaOf(element).getBoundingClientRect();
    // What is shown to screen readers alone is a pixel high.
    if (height <= 1 || height >= target || isInSentence(element)) return false;
    // It may reach further than its box: a card can be pressed anywhere.
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width } = areaOf(element).getBoundingClientRect();
    return [-1, 1].some((side) => {
      const y = top + height / 2 + side * (target / 2 - 1);
      return !areaOf(element).contains(document.elementFromPoint(left + width / 2, y));
    });
  };
  const small = [...document.querySelectorAll('button, a[href], summary, input[type="checkbox"]')].filter(isSmall);
  window.scrollTo({ top: before, behavior: 'instant' });
  return small.map((element) => element.getAttribute('aria-label') ?? areaOf(element).textContent ?? '');
}
