import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { DemoClient } from '../demo/client.js';
import { startDemo } from '../demo/start-demo.js';
import { CHROMIUM, findProgram } from '../fetch/programs.js';
import { freePort } from '../free-port.js';

const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 };
const PHONE = { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const QUALITY = 80;
const ZONE = 'Europe/London';

interface Picture {
  readonly file: string;
  readonly options: BrowserContextOptions;
  /** Of a trial account. */
  readonly email: string;
  /** Of a competition of the demo. */
  readonly title: string;
  readonly path: (id: string) => string;
  readonly prepare: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  {
    file: 'competition.webp',
    options: DESKTOP,
    email: 'participant1@minicompete.com',
    title: 'Harbor Half Marathon',
    path: (id) => `/competitions/${id}`,
    prepare: (page) => page.getByRole('button', { name: 'Register', exact: true }).waitFor(),
  },
  {
    file: 'phone.webp',
    options: { ...PHONE, colorScheme: 'dark' },
    email: 'participant2@minicompete.com',
    title: 'Robot Sumo',
    path: (id) => `/competitions/${id}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Register', exact: true }).click();
      await page.getByRole('button', { name: 'Add to calendar' }).waitFor();
      await page.getByText('Your seat is confirmed.').waitFor();
      await page.getByRole('region', { name: 'Registration' }).evaluate((panel) => {
        panel.ownerDocument.documentElement.style.scrollPaddingTop = '24px';
        panel.scrollIntoView();
      });
    },
  },
  {
    file: 'organizer.webp',
    options: DESKTOP,
    email: 'organizer2@minicompete.com',
    title: 'Weekend Game Jam',
    path: (id) => `/organize/${id}`,
    prepare: (page) => page.getByRole('table').first().waitFor(),
  },
];

/** Takes the pictures of the README, from the data of the demo. */
export async function picturesCommand(context: CommandContext): Promise<number> {
  const { root, terminal } = context;
  const executablePath = await findProgram(context, CHROMIUM);
  if (!executablePath) throw new Failure(`Pictures need Chromium. ${CHROMIUM.hint}`);
  const [web, api, worker] = await Promise.all([freePort(), freePort(), freePort()]);
  await startDemo(context, { web, api, worker });
  const origin = `http://localhost:${web}`;
  const folder = join(root, 'docs/images');
  mkdirSync(folder, { recursive: true });
  // Loaded here: the other commands do not need it.
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--hide-scrollbars'] });
  try {
    for (const picture of PICTURES) {
      const image = await take(browser, origin, picture);
      const file = join(folder, picture.file);
      writeFileSync(file, image);
      terminal.line(`${relative(root, file)}: ${Math.round(image.length / 1024)} kB`);
    }
  } finally {
    await browser.close();
  }
  return 0;
}

async function take(browser: Browser, origin: string, picture: Picture): Promise<Buffer> {
  const { options, email, title, path, prepare } = picture;
  const { items } = await new DemoClient(origin).get<{ items: { id: string; title: string }[] }>(
    '/competitions?status=all&limit=100',
  );
  const competition = items.find((one) => one.title === title);
  if (!competition) throw new Failure(`The demo has no competition "${title}".`);
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-US',
    timezoneId: ZONE,
    reducedMotion: 'reduce',
    ...options,
  });
  // As on every page after the first one, which stores it: times that the server renders are in this zone too.
  await context.addCookies([{ name: 'zone', value: ZONE, url: origin }]);
  const signIn = { data: { email, password: 'password123' }, headers: { origin } };
  const response = await context.request.post('/api/auth/login', signIn);
  if (!response.ok()) throw new Failure(`Signing in as ${email} failed with ${response.status()}.`);
  const page = await context.newPage();
  await page.goto(path(competition.id));
  await prepare(page);
  await page.evaluate('document.fonts.ready');
  await page.mouse.move(0, 0);
  // Playwright itself writes PNG and JPEG only, which are several times as large.
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await context.close();
  return Buffer.from(data, 'base64');
}
