import { chromium } from '@playwright/test';
import { scanTimes, sendingTime } from './scan-times.js';

const ACCESS_COOKIE = 'mc_access';

interface DoorPage {
  /** Scans without a network, and returns how long each result took. */
  scanTimes(tickets: readonly string[]): Promise<number[]>;
  /** Scans without a network, as quickly as this machine can. */
  scan(tickets: readonly string[]): Promise<void>;
  /** Gives the network back. */
  sendingTime(): Promise<number>;
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
    scan: async (tickets) => void (await scanTimes(page, tickets, { slowed: false })),
    sendingTime: () => sendingTime(page),
    close: () => browser.close(),
  };
}
