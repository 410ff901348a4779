import type { Page } from '@playwright/test';
import {
  expireAccessToken,
  sessionCookies,
  signInWithForm,
  signOutWithMenu,
  signUpWithForm,
} from './support/account.js';
import { PASSWORD } from './support/backend.js';
import {
  type AttackerSite,
  DEPLOYMENTS,
  type Deployment,
  type DeploymentName,
  openDeployment,
  RESOLVER_RULES,
} from './support/deployments.js';
import {
  connectionStatus,
  pathOf,
  registeredHeading,
  seatsGraphic,
  visitorButton,
} from './support/registration-panel.js';
import { test as base, expect } from './support/test.js';
import { texts } from './support/texts.js';

interface DeploymentFixtures {
  deploymentName: DeploymentName;
  deployment: Deployment;
}

const test = base.extend<DeploymentFixtures>({
  deploymentName: ['at its own address', { option: true }],
  deployment: async ({ deploymentName, baseURL, context }, use) => {
    const deployment = await openDeployment(deploymentName, baseURL ?? '');
    await use(deployment);
    // Pages first: if the proxy aborted their pending requests, they would count as problems.
    await Promise.all(context.pages().map((page) => page.close()));
    await deployment.close();
  },
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--host-resolver-rules=${RESOLVER_RULES}`] }),
    { scope: 'worker' },
  ],
});

test.use({ ignoreHTTPSErrors: true });

for (const deploymentName of Object.keys(DEPLOYMENTS) as DeploymentName[])
  test.describe(deploymentName, () => {
    test.use({ deploymentName });

    test('a participant signs up from a competition, registers, sees the seats change, signs out and in again', async ({
      page,
      context,
      backend,
      deployment,
      organizer,
      competition,
    }) => {
      const url = deployment.origin + pathOf(competition);
      await page.goto(url);
      await visitorButton(page).click();
      const me = await signUpWithForm(page);
      await expect(page).toHaveURL(url);
      const cookies = await sessionCookies(context);
      const attributes = { httpOnly: true, sameSite: 'Lax', secure: deployment.isSecure };
      expect(cookies.map(({ name, httpOnly, sameSite, secure }) => ({ name, httpOnly, sameSite, secure }))).toEqual([
        { name: 'mc_access', ...attributes },
        { name: 'mc_refresh', ...attributes },
      ]);

      await expect(registeredHeading(page)).toBeVisible();
      await expect(connectionStatus(page, 'Live')).toBeVisible();
      await backend.registerPeople(competition, 1);
      await expect(seatsGraphic(page, '3 of 5 seats left')).toBeVisible();
      expect(await backend.registrations(organizer, competition.id)).toHaveLength(2);

      await signOutWithMenu(page);
      expect(await sessionCookies(context)).toEqual([]);
      await page.goto(`${deployment.origin}/mailbox`);
      await expect(page).toHaveURL(`${deployment.origin}/sign-in?next=%2Fmailbox`);
      await signInWithForm(page, me.email);
      await expect(page).toHaveURL(`${deployment.origin}/mailbox`);
      await expect(page.getByText(`You’re in: ${competition.title}`)).toBeVisible();
    });

    test('the download link for the registrations works after the access token has expired', async ({
      page,
      context,
      backend,
      deployment,
      organizer,
      competition,
    }) => {
      const [person] = await backend.registerPeople(competition, 1);
      await page.goto(`${deployment.origin}/organize/${competition.id}`);
      await signInWithForm(page, organizer.email);
      const link = page.getByRole('link', { name: texts('organizing')('people.export') });
      await expect(link).toBeVisible();
      await expireAccessToken(context);
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toMatch(/\.csv$/);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).toString()).toContain(person!.email);
      expect(await sessionCookies(context)).toHaveLength(2);
    });

    test('a page of an attacker can neither use the session of a visitor nor sign them in or out', async ({
      browser,
      backend,
      deployment,
      organizer,
      competition,
    }) => {
      const [victim, attacker] = [await backend.signUp('PARTICIPANT'), await backend.signUp('PARTICIPANT')];
      // Not `newContext`: the console errors of the attacker's pages are no problems.
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${deployment.origin}/sign-in`);
      await signInWithForm(page, victim.email);
      const before = await sessionCookies(context);
      const paths = [`/competitions/${competition.id}/register`, '/auth/logout'];
      for (const attack of [submitForm, sendWithoutCors])
        for (const path of paths) {
          expect(REJECTED, `${attack.name} ${path}`).toContain(await attack(page, deployment, 'same host', path, ''));
          // The result is not checked: from another site, the browser sends no cookies.
          await attack(page, deployment, 'other site', path, '');
        }
      expect(await sessionCookies(context)).toEqual(before);
      expect(await backend.registrations(organizer, competition.id)).toEqual([]);
      await page.goto(`${deployment.origin}/profile`);
      await expect(page.getByRole('main').getByText(victim.email)).toBeVisible();

      await context.clearCookies();
      const credentials = JSON.stringify({ email: attacker.email, password: PASSWORD });
      for (const attack of [submitForm, sendWithoutCors])
        for (const site of ['same host', 'other site'] as const)
          expect(REJECTED).toContain(await attack(page, deployment, site, '/auth/login', credentials));
      expect(await sessionCookies(context)).toEqual([]);
      await context.close();
    });

    test('a shared link has a preview image, and a link to an unknown competition leads to a 404 page', async ({
      page,
      deployment,
      competition,
      baseURL,
    }) => {
      await page.goto(deployment.origin + pathOf(competition));
      const image = new URL((await page.locator('meta[property="og:image"]').getAttribute('content')) ?? '');
      expect(image.origin).toBe(baseURL);
      const size = await page.evaluate(async (path) => {
        const { width, height } = await createImageBitmap(await (await fetch(path)).blob());
        return [width, height];
      }, image.pathname + image.search);
      expect(size).toEqual([1200, 630]);

      const response = await page.goto(`${deployment.origin}/competitions/00000000-0000-7000-8000-000000000000`);
      expect(response?.status()).toBe(404);
      await page.getByRole('link', { name: texts('layout')('notFound.search') }).click();
      await expect(page).toHaveURL(`${deployment.origin}/competitions`);
    });
  });

/** Sends a POST with this JSON to a path of the API from an attacker's page. `blocked`: the page gets no response. */
type Attack = (
  page: Page,
  deployment: Deployment,
  site: AttackerSite,
  path: string,
  json: string,
) => Promise<number | 'blocked'>;

const REJECTED = [403, 415, 'blocked'];

/** As text/plain, a form field is sent as `name=value`: with JSON split into the two, the body is valid JSON. */
const submitForm: Attack = async (page, deployment, site, path, json) => {
  const name = json.replace(/}$/, ',"x":"').replaceAll('"', '&quot;');
  const field = json && `<input type="hidden" name="${name}" value="&quot;}">`;
  const action = `${deployment.origin}/api${path}`;
  const form = `<form method="post" enctype="text/plain" action="${action}">${field}<button>Win</button></form>`;
  await page.goto(await deployment.serveAttackerPage(site, form));
  const [result] = await Promise.all([resultOf(page, path), page.getByRole('button', { name: 'Win' }).click()]);
  return result;
};

/** A fetch in no-cors mode is sent without a preflight request, with cookies. */
const sendWithoutCors: Attack = async (page, deployment, site, path, json) => {
  await page.goto(await deployment.serveAttackerPage(site, '<h1>Win</h1>'));
  const [result] = await Promise.all([
    resultOf(page, path),
    page.evaluate(
      // A blocked fetch rejects; `resultOf` sees its result.
      ([url, body]) => fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => {}),
      [`${deployment.origin}/api${path}`, json || null] as const,
    ),
  ]);
  return result;
};

async function resultOf(page: Page, path: string): Promise<number | 'blocked'> {
  const request = await page.waitForRequest((one) => one.url().endsWith(`/api${path}`));
  return (await request.response())?.status() ?? 'blocked';
}
