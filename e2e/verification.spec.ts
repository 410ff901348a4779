import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible, PHONE } from './support/accessibility.js';
import { signUpWithForm } from './support/account.js';
import { type Backend, inDays, PASSWORD, unique } from './support/backend.js';
import { type MailStack, startMailStack } from './support/mail-stack.js';
import { Pace } from './support/pace.js';
import {
  openCompetition,
  pathOf,
  registeredHeading,
  registrationPanel,
  visitorButton,
} from './support/registration-panel.js';
import { test as base, expect } from './support/test.js';
import { texts } from './support/texts.js';

const t = texts('verification');
const accounts = texts('accounts');
const joining = texts('joinTeam');

/** One installation for the tests of a worker. */
const test = base.extend<object, { stack: MailStack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const stack = await startMailStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
});

const codeField = (page: Page) => page.getByLabel(t('code'), { exact: true });
const verifyButton = (page: Page) => page.getByRole('button', { name: t('submit'), exact: true });
const isVerified = async (stack: MailStack, email: string) =>
  (await stack.query('SELECT FROM users WHERE email = $1 AND email_verified_at IS NOT NULL', [email])).length === 1;

/** Accounts of the backend's helper that may create competitions at once. */
async function anOrganizer(stack: MailStack, backend: Backend) {
  const organizer = await backend.signUp('ORGANIZER');
  await stack.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [organizer.id]);
  return organizer;
}

async function signUp(page: Page) {
  await page.goto('/sign-up');
  return signUpWithForm(page, 'Take part');
}

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true });

  test('U23 a stranger who follows a shared link is registered within 45 seconds', async ({ page, stack, backend }) => {
    const competition = await backend.createCompetition(await anOrganizer(stack, backend));
    const person = new Pace();
    await page.goto(pathOf(competition));
    person.look();
    await person.tap(visitorButton(page));
    await page.waitForURL(/sign-up/);
    person.look();
    const name = unique('Pia');
    const email = `${name.toLowerCase().replace(' ', '-')}@example.org`;
    await person.type(page.getByLabel(accounts('field.name')), name);
    await person.type(page.getByLabel(accounts('field.email')), email);
    await person.type(page.getByLabel(accounts('field.password'), { exact: true }), PASSWORD);
    await person.tap(page.getByRole('button', { name: accounts('signUp.submit') }));
    await expect(codeField(page)).toBeFocused();
    const { code } = await stack.mailTo(email);
    person.readCodeInMail();
    await person.type(codeField(page), code);
    await person.tap(verifyButton(page));
    await expect(registeredHeading(page)).toBeVisible();
    // The other five are for pages, mail and registering.
    expect(person.seconds).toBeLessThan(40);
  });
});

test('EV-10 who joins a registered team types the code from the mail first, and is in the team with it', async ({
  page,
  stack,
  backend,
}) => {
  const organizer = await anOrganizer(stack, backend);
  const competition = await backend.createCompetition(organizer, { teamMin: 1, teamMax: 3, startDate: inDays(6) });
  const team = await backend.createTeam(competition, 1);
  await stack.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [team.people[0]?.id]);
  await backend.registerTeam(team, competition.id);
  const { email } = await signUp(page);
  const { code } = await stack.mailTo(email);
  await page.goto(`/join-team#${team.code}`);
  await page.getByRole('button', { name: joining('join') }).click();
  await expect(page.getByRole('heading', { name: joining('verifyTitle') })).toBeVisible();
  await expect(codeField(page)).toBeFocused();
  await expectAccessible(page, 'code before joining a team');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForURL(`/competitions/${competition.id}/team`);
  expect(await isVerified(stack, email)).toBe(true);
});

test.describe('an attempt without the right code', () => {
  test.use({ refusals: [400] });

  test('EV-11 a visitor presses Register, signs up, types the code from the mail, and is registered by that press', async ({
    page,
    stack,
    backend,
  }) => {
    const organizer = await anOrganizer(stack, backend);
    const competition = await backend.createCompetition(organizer);
    const keys: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/register')) keys.push(request.headers()['idempotency-key'] ?? '');
    });
    await openCompetition(page, competition);
    await visitorButton(page).click();
    const { name, email } = await signUpWithForm(page);
    await expect(page).toHaveURL(pathOf(competition));
    const panel = registrationPanel(page);
    await expect(panel.getByRole('heading', { name: t('toRegister.title') })).toBeVisible();
    await expect(panel).toContainText(email);
    await expect(codeField(page)).toBeFocused();
    await expectAccessible(page, 'code in the panel');
    const { code, subject } = await stack.mailTo(email);
    expect(subject).toContain(code);

    await page.keyboard.type(code === '000000' ? '000001' : '000000');
    await page.keyboard.press('Enter');
    await expect(codeField(page)).toHaveAccessibleDescription(/couldn’t match this code.*4 tries left/);
    await expect(codeField(page)).toBeFocused();
    await page.reload();
    await expect(codeField(page)).toBeFocused();
    await page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.keyboard.press('Enter');

    await expect(registeredHeading(page)).toBeVisible();
    expect(new Set(keys).size).toBe(1);
    expect((await backend.registrations(organizer, competition.id)).map((one) => one.name)).toEqual([name]);
  });

  test('EV-01 a mail scanner that opens the link, runs its scripts and presses its buttons verifies nothing', async ({
    page,
    stack,
    newContext,
  }) => {
    const { email } = await signUp(page);
    const { link } = await stack.mailTo(email);
    const pressEverything = async (context: BrowserContext) => {
      const scanner = await context.newPage();
      await scanner.goto(link, { waitUntil: 'networkidle' });
      for (const button of await scanner.getByRole('main').getByRole('button').all())
        await button.click({ timeout: 5_000 }).catch(() => undefined);
      await scanner.waitForLoadState('networkidle');
      return scanner;
    };
    await pressEverything(await newContext({ baseURL: stack.url }));
    expect(await isVerified(stack, email)).toBe(false);

    // Signed in to another account.
    const other = await newContext({ baseURL: stack.url });
    await signUp(await other.newPage());
    const refused = await pressEverything(other);
    await expect(refused.getByRole('alert').filter({ hasText: 'only works in the browser' })).toBeVisible();
    expect(await isVerified(stack, email)).toBe(false);

    // The same account in another session types the code instead.
    const phone = await newContext({ baseURL: stack.url });
    const signIn = { data: { email, password: PASSWORD }, headers: { origin: stack.url } };
    expect((await phone.request.post('/api/auth/login', signIn)).ok()).toBe(true);
    const onPhone = await pressEverything(phone);
    await expect(codeField(onPhone)).toBeVisible();
    expect(await isVerified(stack, email)).toBe(false);

    // The browser that asked. The link alone changes nothing there either, and the button does.
    await page.goto(link);
    await expect(page.getByRole('button', { name: t('link.submit') })).toBeVisible();
    expect(page.url()).not.toContain('token');
    expect(await isVerified(stack, email)).toBe(false);
    await expectAccessible(page, 'link of the mail');
    await page.getByRole('button', { name: t('link.submit') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(t('done.title'))).toBeVisible();
    expect(await isVerified(stack, email)).toBe(true);
  });

  test('EV-11 a person who signs up without a competition is asked for the code first, and a second one can be requested', async ({
    page,
    stack,
  }) => {
    const { email } = await signUp(page);
    await expect(page).toHaveURL('/verify-email?next=%2F');
    const { code } = await stack.mailTo(email);
    const resend = page.getByRole('button', { name: t('resend') });
    await expect(resend).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByText(/You can request a new code in \d+ s/)).toBeVisible();
    await stack.query(`UPDATE email_verifications SET created_at = created_at - interval '1 minute' WHERE email = $1`, [
      email,
    ]);
    await page.reload();
    await resend.click();
    await expect(page.getByText(t('resent'))).toBeVisible();
    const second = await stack.mailTo(email, 2);
    await codeField(page).fill(code);
    await verifyButton(page).click();
    await expect(codeField(page)).toHaveAccessibleDescription(/couldn’t match|no longer works/);
    await codeField(page).fill(second.code);
    await verifyButton(page).click();
    await expect(page.getByText(t('done.title'))).toBeVisible();
    await page.getByRole('link', { name: t('done.next') }).click();
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('complementary', { name: 'Email verification' })).toHaveCount(0);
  });
});

test('EV-06 a person changes the address in the profile: cancels once, then verifies the new one', async ({
  page,
  stack,
}) => {
  const { email } = await signUp(page);
  const age = () =>
    stack.query(
      `UPDATE email_verifications SET created_at = created_at - interval '1 minute'
       WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
      [email],
    );
  await codeField(page).fill((await stack.mailTo(email)).code);
  await verifyButton(page).click();
  await expect(page.getByText(t('done.title'))).toBeVisible();
  const newEmail = `${unique('new').replace(' ', '-')}@example.org`;
  const change = async () => {
    await age();
    await page.goto('/profile');
    await page.getByLabel(t('profile.newEmail')).fill(newEmail);
    await page.getByLabel(t('profile.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('profile.change') }).click();
    await expect(page).toHaveURL('/verify-email?next=%2Fprofile');
  };
  await change();
  await page.goto('/profile');
  await expectAccessible(page, 'profile with a pending change');
  await page.getByRole('button', { name: t('profile.cancelChange') }).click();
  await expect(page.getByLabel(t('profile.newEmail'))).toBeVisible();

  await change();
  await codeField(page).fill((await stack.mailTo(newEmail, 2)).code);
  await verifyButton(page).click();
  await page.getByRole('link', { name: t('done.next') }).click();
  await expect(page.getByRole('region', { name: t('profile.title') })).toContainText(newEmail);
  const warning = await stack.mailTo(email, 2);
  expect(warning.subject).toBe('Your email address is about to change');
});
