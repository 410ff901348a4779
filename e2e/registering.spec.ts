import type { ElementHandle } from '@playwright/test';
import { signUpWithForm } from './support/account.js';
import { inDays, PASSWORD, signInAsParticipant, unique } from './support/backend.js';
import { fillDateTime } from './support/forms.js';
import { registeredHeading, registrationPanel, visitorButton } from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test('a new organizer signs up and creates a competition, and a new participant registers for it', async ({
  page,
  newContext,
}) => {
  const title = unique('By hand');
  await page.goto('/sign-up');
  await signUpWithForm(page, 'Organize');
  await expect(page).not.toHaveURL(/sign-up/);

  await page.goto('/competitions/new');
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('This field is required.').first()).toBeVisible();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill('Two rounds, **no** fee.');
  await page.getByLabel('Seats', { exact: true }).fill('3');
  await fillDateTime(page, 'Registration closes', inDays(3));
  await fillDateTime(page, /^Competition starts/, inDays(4));
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'View public page' }).first().click();
  await page.waitForURL(/\/competitions\/[^/]+$/);

  const second = await newContext();
  const other = await second.newPage();
  await other.goto(page.url());
  await visitorButton(other).click();
  await signUpWithForm(other);
  await expect(registeredHeading(other)).toBeVisible();
  await expect(other).toHaveURL(page.url());
  await other.goto('/mailbox');
  await expect(other.getByText(`You’re in: ${title}`)).toBeVisible();
});

test('two browsers race for the last seat: one registers, the other can join the waitlist', async ({
  newContext,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const pages = await Promise.all(
    [1, 2].map(async () => {
      const context = await newContext();
      await signInAsParticipant(context, backend);
      const page = await context.newPage();
      await page.goto(`/competitions/${competition.id}`);
      await expect(page.getByRole('button', { name: 'Register' })).toBeEnabled();
      return page;
    }),
  );
  await clickSimultaneously(
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Register' }).elementHandle())),
  );
  await expect
    .poll(async () => (await Promise.all(pages.map((page) => registeredHeading(page).count()))).sort())
    .toEqual([0, 1]);
  const loser = (await registeredHeading(pages[0]!).count()) ? pages[1] : pages[0];
  await expect(loser!.getByRole('button', { name: 'Join the waitlist' })).toBeVisible();
  expect(await backend.registrations(organizer, competition.id)).toHaveLength(1);
});

test('a waitlisted person sees the position change, is promoted, and gets a message', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const [seated, waitlistedBefore] = await backend.registerPeople(competition, 2);
  await signInAsParticipant(context, backend);
  await page.goto(`/competitions/${competition.id}`);
  await page.getByRole('button', { name: 'Join the waitlist' }).click();
  await expect(page.getByRole('heading', { name: 'You’re #2 on the waitlist' })).toBeVisible();
  await backend.leave(waitlistedBefore!, competition.id);
  await expect(page.getByRole('heading', { name: 'You’re #1 on the waitlist' })).toBeVisible();
  await backend.leave(seated!, competition.id);
  await expect(registeredHeading(page)).toBeVisible();
  await page.goto('/registrations');
  await expect(page.getByText('You’re in').first()).toBeVisible();
  await page.goto('/mailbox');
  await expect(page.getByRole('listitem').filter({ hasText: competition.title })).toHaveCount(2);
});

test('leaving asks for confirmation and frees the seat', async ({ page, context, backend, organizer }) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const me = await signInAsParticipant(context, backend);
  await backend.register(me, competition.id);
  await page.goto('/registrations');
  await page.getByRole('button', { name: `Leave ${competition.title}` }).click();
  await page.getByRole('button', { name: 'Keep my seat' }).click();
  expect((await backend.registrations(organizer, competition.id))[0]?.status).not.toBe('CANCELLED');
  await page.getByRole('button', { name: `Leave ${competition.title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByText(`You’ve left “${competition.title}”.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No active registrations' })).toBeVisible();
  expect((await backend.registrations(organizer, competition.id))[0]?.status).toBe('CANCELLED');
});

test('lost responses and a reload during the request lead to one registration', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await signInAsParticipant(context, backend);
  const keys: (string | undefined)[] = [];
  await page.route('**/register', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    // The first two requests are carried out, but their responses do not reach the page.
    if (keys.length <= 2) await route.fetch().then(() => route.abort('connectionreset'));
    else await route.continue();
  });
  await page.goto(`/competitions/${competition.id}`);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect.poll(() => keys.length).toBeGreaterThan(0);
  await page.reload();
  await expect(registeredHeading(page)).toBeVisible();
  expect(new Set(keys).size).toBe(1);
  expect(await backend.registrations(organizer, competition.id)).toHaveLength(1);
});

test('signing in and registering work with the keyboard alone', async ({ page, backend, competition }) => {
  const { email } = await backend.signUp('PARTICIPANT');
  await page.goto(`/competitions/${competition.id}`);
  await registrationPanel(page).getByRole('link', { name: 'Sign in' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/sign-in/);
  await page.getByLabel('Email').focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(/competitions\//);
  // The press on "Sign in" in the panel was meant to register.
  await expect(registeredHeading(page)).toBeFocused();
});

/** At one point in time: a click that is later finds the button changed, since the page has received the taken seat. */
async function clickSimultaneously(buttons: readonly (ElementHandle<Element> | null)[]): Promise<void> {
  const clickAt = Date.now() + 500;
  await Promise.all(
    buttons.map((button) =>
      button?.evaluate(
        (element, at) =>
          new Promise<void>((done) => {
            setTimeout(() => {
              (element as HTMLElement).click();
              done();
            }, at - Date.now());
          }),
        clickAt,
      ),
    ),
  );
}
