import type { Page } from '@playwright/test';
import { accountMenu, signUpWithForm } from './support/account.js';
import { PASSWORD, signInAsParticipant, unique } from './support/backend.js';
import { panelButton, pathOf, registeredHeading, visitorButton } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const accounts = texts('accounts');
const QUESTIONS = [
  { id: 'size', kind: 'CHOICE', label: 'T-shirt size', required: true, options: ['S', 'M'] },
  { id: 'team', kind: 'SHORT_TEXT', label: 'Team name', required: true },
];

/** A slow network: the page is there, the scripts are not. */
async function gotoWithoutScripts(page: Page, path: string): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(path, { waitUntil: 'commit' });
  return async () => {
    release();
    await page.waitForLoadState();
  };
}

test.describe('before the scripts of a page have loaded', () => {
  test('U22 what is typed, chosen and sent on the sign-up form counts', async ({ page }) => {
    const loadScripts = await gotoWithoutScripts(page, '/sign-up');
    const email = `${unique('early').toLowerCase().replace(' ', '-')}@example.org`;
    await page.getByRole('radio', { name: 'Organize' }).check();
    await page.getByLabel(accounts('field.name')).fill('Early Bird');
    await page.getByLabel(accounts('field.email')).fill(email);
    await page.getByLabel(accounts('field.password'), { exact: true }).fill(PASSWORD);
    await page.getByLabel(accounts('field.password'), { exact: true }).press('Enter');
    await loadScripts();
    await page.waitForURL(/\/organize$/);
    await expect(accountMenu(page)).toHaveAccessibleName(/Early Bird/);
  });

  test('U22 what is answered stays, and is sent with a later press', async ({ page, context, backend, organizer }) => {
    const competition = await backend.createCompetition(organizer, { questions: QUESTIONS });
    await signInAsParticipant(context, backend);
    const loadScripts = await gotoWithoutScripts(page, pathOf(competition));
    await page.getByRole('radio', { name: 'M', exact: true }).check();
    await page.getByLabel('Team name').fill('Eagles');
    await loadScripts();
    await expect(panelButton(page)).not.toHaveAttribute('data-early');
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toMatchObject([
      { answers: { size: 'M', team: 'Eagles' } },
    ]);
  });

  test('U22 one press, or two, of Register registers once', async ({
    page,
    context,
    backend,
    competition,
    organizer,
  }) => {
    const participant = await signInAsParticipant(context, backend);
    const requests: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/register')) requests.push(request.url());
    });
    const loadScripts = await gotoWithoutScripts(page, pathOf(competition));
    await panelButton(page).click();
    await panelButton(page).click();
    await loadScripts();
    await expect(registeredHeading(page)).toBeVisible();
    expect(requests).toHaveLength(1);
    expect(await backend.registrations(organizer, competition.id)).toMatchObject([{ name: participant.name }]);
  });

  test('U22 a visitor who presses Register is registered by that press', async ({
    page,
    backend,
    competition,
    organizer,
  }) => {
    const loadScripts = await gotoWithoutScripts(page, pathOf(competition));
    await visitorButton(page).click();
    await loadScripts();
    const { name } = await signUpWithForm(page);
    await expect(registeredHeading(page)).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toMatchObject([{ name }]);
  });
});
