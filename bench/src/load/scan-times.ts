import type { Page } from '@playwright/test';

/** A phone at the low end: a quarter of this machine. */
const CPU_SLOWDOWN = 4;

/** Milliseconds from the Enter of a hand scanner to the result, at the page of a door without a network. */
export async function scanTimes(page: Page, tickets: readonly string[], { slowed = true } = {}): Promise<number[]> {
  await page.context().setOffline(true);
  return slowedDown(page, slowed ? CPU_SLOWDOWN : 1, async () => {
    const observer = await observeResults(page);
    const body = page.locator('body');
    const times: number[] = [];
    for (const ticket of tickets) {
      await body.evaluate(({ dataset }) => delete dataset.took);
      await page.keyboard.type(ticket);
      await page.keyboard.press('Enter');
      await page.locator('body[data-took]').waitFor();
      times.push(Number(await body.getAttribute('data-took')));
    }
    await observer.evaluate(({ stop }) => stop());
    return times;
  });
}

/** Milliseconds from the return of the network until the page has sent all of its scans. */
export function sendingTime(page: Page): Promise<number> {
  return slowedDown(page, CPU_SLOWDOWN, async () => {
    const startedAt = performance.now();
    await page.context().setOffline(false);
    await page.locator('[data-unsent="0"]').waitFor();
    return performance.now() - startedAt;
  });
}

async function slowedDown<T>(page: Page, rate: number, work: () => Promise<T>): Promise<T> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate });
  try {
    return await work();
  } finally {
    // Not detached: then the page would believe that the network is back.
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
}

/** In the page, so that the time of a message between processes is not measured. */
const observeResults = (page: Page) =>
  page.evaluateHandle(() => {
    const stopping = new AbortController();
    let scannedAt = 0;
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') scannedAt = performance.now();
      },
      { capture: true, signal: stopping.signal },
    );
    const observer = new MutationObserver(() => {
      if (scannedAt === 0) return;
      document.body.dataset.took = String(performance.now() - scannedAt);
      scannedAt = 0;
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-result'],
    });
    return {
      stop: () => {
        stopping.abort();
        observer.disconnect();
      },
    };
  });
