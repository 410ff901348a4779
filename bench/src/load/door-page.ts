import { chromium, type Page } from '@playwright/test';
import { which } from '../../../tools/src/fetch/which.js';

/** A phone at the low end: a quarter of this machine. */
const CPU_SLOWDOWN = 4;
const ACCESS_COOKIE = 'mc_access';

interface DoorPage {
  /** Milliseconds from the Enter of a hand scanner to the result on the screen, for each ticket. */
  scansWithoutNetwork(tickets: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

/** The page of a door in Chromium, with its list. */
export async function openDoorPage(origin: string, competitionId: string, token: string): Promise<DoorPage> {
  const executablePath = process.env.CHROMIUM_PATH ?? which('chromium', 'chromium-browser', 'google-chrome');
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  const context = await browser.newContext({ baseURL: origin, locale: 'en' });
  await context.addCookies([{ name: ACCESS_COOKIE, value: token, url: origin, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(`/door/${competitionId}`);
  await page.getByRole('textbox').fill('Main entrance');
  await page.keyboard.press('Enter');
  await page.locator('[data-result=READY]').waitFor();
  return {
    async scansWithoutNetwork(tickets) {
      await context.setOffline(true);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
      await observeResults(page);
      const times: number[] = [];
      for (const ticket of tickets) {
        await page.keyboard.type(ticket);
        await page.keyboard.press('Enter');
        await page.locator('body[data-took]').waitFor();
        times.push(Number(await page.locator('body').getAttribute('data-took')));
        await page.evaluate(() => delete document.body.dataset.took);
      }
      return times;
    },
    close: () => browser.close(),
  };
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
