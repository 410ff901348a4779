import type { ElementHandle } from '@playwright/test';
import { signIn } from './support/house.js';
import { expect, test, watch } from './support/test.js';

test('somebody new signs up, creates a competition, and a second person registers, all by hand', async ({
  page,
  browser,
  trouble,
}) => {
  const name = Date.now().toString(36);
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Olga Organizer');
  await page.getByLabel('E-mail').fill(`olga-${name}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill('a-password-of-tests');
  await page.getByRole('radio', { name: /organiz/i }).check();
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign up|create/i })
    .click();
  await expect(page).not.toHaveURL(/sign-up/);

  await page.goto('/competitions/new');
  await page
    .getByRole('button', { name: 'Create the competition' })
    .or(page.getByRole('button', { name: /^Create/ }))
    .click();
  await expect(page.getByText(/title/i).first()).toBeVisible();
  await page.getByLabel('Title').fill(`By hand ${name}`);
  await page.getByLabel('Description').fill('Two rounds, **no** fee.');
  await page.getByRole('spinbutton', { name: 'Seats' }).or(page.locator('#capacity')).first().fill('3');
  const day = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T18:00`;
  await page.getByLabel('Registration closes').fill(day(3));
  await page.getByLabel(/Competition starts/).fill(day(4));
  await page.getByRole('button', { name: /^Create/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: `By hand ${name}` })).toBeVisible();
  const address = page.url();

  const second = await browser.newContext();
  watch(second, trouble);
  const other = await second.newPage();
  await other.goto(address);
  await other.getByRole('link', { name: 'Sign in to register' }).click();
  await other.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  await other.getByLabel('Name').fill('Pia Participant');
  await other.getByLabel('E-mail').fill(`pia-${name}@example.org`);
  await other.getByLabel('Password', { exact: true }).fill('a-password-of-tests');
  await other
    .getByRole('main')
    .getByRole('button', { name: /sign up|create/i })
    .click();
  await other.waitForURL(/competitions\//);
  await other.getByRole('button', { name: 'Register' }).click();
  await expect(other.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await other.goto('/mailbox');
  await expect(other.getByText(`You are in: By hand ${name}`)).toBeVisible();
  await second.close();
});

test('two browsers race for the last seat: one is in, the other may stand in line', async ({
  browser,
  house,
  trouble,
}) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer, { capacity: 1 });
  const pages = await Promise.all(
    [1, 2].map(async () => {
      const context = await browser.newContext();
      watch(context, trouble);
      await signIn(context, (await house.signUp('PARTICIPANT')).email);
      const page = await context.newPage();
      await page.goto(`/competitions/${competition.id}`);
      await expect(page.getByRole('button', { name: 'Register' })).toBeEnabled();
      return page;
    }),
  );
  await pressAtOnce(
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Register' }).elementHandle())),
  );
  await expect
    .poll(async () =>
      (await Promise.all(pages.map((page) => page.getByRole('heading', { name: 'You are in' }).count()))).sort(),
    )
    .toEqual([0, 1]);
  const loser = (await pages[0]?.getByRole('heading', { name: 'You are in' }).count()) ? pages[1] : pages[0];
  await expect(loser!.getByRole('button', { name: 'Join the line' })).toBeVisible();
  expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('who waits sees the place move, gets the seat by itself and is told so', async ({ page, context, house }) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer, { capacity: 1 });
  const [seated, before, me] = await Promise.all([1, 2, 3].map(() => house.signUp('PARTICIPANT')));
  await house.register(seated!, competition.id);
  await house.register(before!, competition.id, true);
  await signIn(context, me!.email);
  await page.goto(`/competitions/${competition.id}`);
  await page.getByRole('button', { name: 'Join the line' }).click();
  await expect(page.getByRole('heading', { name: 'You are number 2 in line' })).toBeVisible();
  await house.leave(before!, competition.id);
  await expect(page.getByRole('heading', { name: 'You are number 1 in line' })).toBeVisible();
  await house.leave(seated!, competition.id);
  await expect(page.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await page.goto('/registrations');
  await expect(page.getByText('You are in').first()).toBeVisible();
  await page.goto('/mailbox');
  await expect(page.getByText(competition.title)).toHaveCount(2);
});

test('leaving asks first, and gives the seat back', async ({ page, context, house }) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer, { capacity: 1 });
  const me = await house.signUp('PARTICIPANT');
  await house.register(me, competition.id);
  await signIn(context, me.email);
  await page.goto('/registrations');
  await page.getByRole('button', { name: `Leave ${competition.title}` }).click();
  await page.getByRole('button', { name: 'Keep my seat' }).click();
  expect((await house.registered(organizer, competition.id))[0]?.status).not.toBe('CANCELLED');
  await page.getByRole('button', { name: `Leave ${competition.title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByText(`You have left “${competition.title}”.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'You are in nothing yet' })).toBeVisible();
  expect((await house.registered(organizer, competition.id))[0]?.status).toBe('CANCELLED');
});

test('a lost answer, a lost connection and a reload in the middle lead to one registration', async ({
  page,
  context,
  house,
}) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer);
  const me = await house.signUp('PARTICIPANT');
  await signIn(context, me.email);
  const keys: (string | undefined)[] = [];
  let lost = 0;
  await page.route('**/register', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    // The request arrives and is carried out; its answer does not come back. Twice.
    if (lost++ < 2) await route.fetch().then(() => route.abort('connectionreset'));
    else await route.continue();
  });
  await page.goto(`/competitions/${competition.id}`);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect.poll(() => keys.length).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'You are in' })).toBeVisible();
  expect(new Set(keys).size).toBe(1);
  expect(await house.registered(organizer, competition.id)).toHaveLength(1);
});

test('the keyboard alone is enough to sign in and register', async ({ page, house }) => {
  const competition = await house.aCompetition(await house.signUp('ORGANIZER'));
  const me = await house.signUp('PARTICIPANT');
  await page.goto(`/competitions/${competition.id}`);
  await page.getByRole('link', { name: 'Sign in to register' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/sign-in/);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type(me.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type('a-password-of-tests');
  await page.keyboard.press('Enter');
  await page.waitForURL(/competitions\//);
  await page.getByRole('button', { name: 'Register' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You are in' })).toBeFocused();
});

/** At one moment that all pages know: a press that came a little later would find that the seat is gone, seen live. */
async function pressAtOnce(buttons: readonly (ElementHandle<Element> | null)[]): Promise<void> {
  const moment = Date.now() + 500;
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
        moment,
      ),
    ),
  );
}
