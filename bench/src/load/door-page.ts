import { chromium } from '@playwright/test';
import { scanTimes } from './scan-times.js';

const ACCESS_COOKIE = 'mc_access';

interface DoorPage {
  scanTimes(tickets: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

/** The page of a door in Chromium, with its list. */
export async function openDoorPage(origin: string, competitionId: string, token: string): Promise<DoorPage> {
  const executablePath = process.env.CHROMIUM_PATH;
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
    scanTimes: (tickets) => scanTimes(page, tickets),
    close: () => browser.close(),
  };
}
