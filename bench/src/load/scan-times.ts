import type { Page } from '@playwright/test';

/** A phone at the low end: a quarter of this machine. */
const CPU_SLOWDOWN = 4;

/** Milliseconds from the Enter of a hand scanner to the result, at the page of a door on a slow phone without a network. */
export async function scanTimes(page: Page, tickets: readonly string[]): Promise<number[]> {
  await page.context().setOffline(true);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await observeResults(page);
  const body = page.locator('body');
  const times: number[] = [];
  for (const ticket of tickets) {
    await body.evaluate(({ dataset }) => delete dataset.took);
    await page.keyboard.type(ticket);
    await page.keyboard.press('Enter');
    await page.locator('body[data-took]').waitFor();
    times.push(Number(await body.getAttribute('data-took')));
  }
  return times;
}

/** In the page, so that the time of a message between processes is not measured. */
const observeResults = (page: Page): Promise<void> =>
  page.evaluate(() => {
    let scannedAt = 0;
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') scannedAt = performance.now();
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (scannedAt === 0) return;
      document.body.dataset.took = String(performance.now() - scannedAt);
      scannedAt = 0;
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-result'] });
  });
