import { expectReadable } from './support/accessibility.js';
import { signInWithForm } from './support/account.js';
import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';

test('RO-06 an owner invites a participant, who accepts, manages, and loses access when removed', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
  competition,
}) => {
  const helper = await backend.signUp('PARTICIPANT');
  await backend.verifyEmail(helper);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('link', { name: 'Staff', exact: true }).click();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription('This field is required.');
  await page.getByLabel('Email').fill(helper.email);
  await page.getByLabel('Role', { exact: true }).selectOption('Manager');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(`Invitation for ${helper.email} is on its way.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: '1 open invitation' })).toBeVisible();

  const other = await newContext();
  const mailbox = await other.newPage();
  await signIn(other, helper.email);
  await mailbox.goto('/mailbox');
  await expect(async () => {
    await mailbox.reload();
    await mailbox.getByRole('link', { name: /You’re invited to help with/ }).click({ timeout: 2_000 });
  }).toPass();
  await mailbox.getByRole('link', { name: 'View invitation' }).click();
  await expect(mailbox.getByRole('heading', { level: 1 })).toHaveText(`Join the staff of ${competition.title}?`);
  await mailbox.getByRole('button', { name: 'Accept invitation' }).click();
  await mailbox.waitForURL(`/organize/${competition.id}`);
  const nav = mailbox.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link', { name: 'My competitions' })).toBeVisible();
  await mailbox.getByRole('link', { name: 'Settings' }).click();
  const basics = mailbox.getByRole('region', { name: 'Basics' });
  await basics.getByLabel('Title').fill(`${competition.title} two`);
  await basics.getByRole('button', { name: 'Save changes' }).click();
  await expect(basics.getByText('Saved', { exact: true })).toBeVisible();
  await mailbox.getByRole('link', { name: 'Staff', exact: true }).click();
  await expect(mailbox.getByRole('button', { name: 'Send invitation' })).toHaveCount(0);

  await page.reload();
  await page.getByRole('button', { name: `Remove ${helper.name} from the staff` }).click();
  await page.getByRole('button', { name: 'Remove and notify' }).click();
  await expect(page.getByText(`${helper.name} is no longer on the staff.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: '1 person on the staff' })).toBeFocused();
  await mailbox.goto(`/organize/${competition.id}`);
  await mailbox.waitForURL(`/competitions/${competition.id}`);
  await mailbox.getByRole('button', { name: 'Register' }).click();
  await expect(mailbox.getByRole('heading', { name: 'You’re in' })).toBeVisible();
});

test('RO-07 the link of an invitation asks to sign in, and says what stands in the way', async ({
  page,
  backend,
  organizer,
  competition,
}) => {
  const [helper, stranger] = [await backend.signUp('PARTICIPANT'), await backend.signUp('PARTICIPANT')];
  const path = await backend.inviteStaff(organizer, competition.id, helper.email, 'SCANNER');
  await page.goto(path);
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signInWithForm(page, stranger.email);
  await expect(page.getByRole('heading', { name: 'This invitation is for another address' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(competition.title);
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();

  await backend.register(helper, competition.id);
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signInWithForm(page, helper.email);
  await expect(page.getByText('Verify your email address first')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Email verification' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Verify email address' }).click();
  await page.waitForURL(`/verify-email?next=${encodeURIComponent(path)}`);
  await backend.verifyEmail(helper);
  await page.goto(path);
  await expect(page.getByText('You’re registered for this competition')).toBeVisible();
  await backend.leave(helper, competition.id);
  await page.reload();
  await page.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(page.getByRole('heading', { name: 'Your role: Check-in' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Parts of this competition' })).toHaveCount(0);

  await page.goto(`/competitions/${competition.id}`);
  await expect(page.getByText('You’re on the staff: Check-in')).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'You’re already on the staff' })).toBeVisible();
  await page.getByRole('link', { name: 'My competitions' }).first().click();
  await page.getByRole('link', { name: competition.title }).click();
  await page.getByRole('button', { name: 'Leave the staff…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the staff' }).click();
  await expect(page.getByRole('heading', { name: 'No competitions yet' })).toBeVisible();
});

test('RO-08 the only owner cannot leave or change their role, and reads why', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const manager = await backend.addStaff(organizer, competition.id, 'MANAGER');
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/staff`);
  await page.getByLabel(`Role of ${organizer.name}`).selectOption('Manager');
  const dialog = page.getByRole('dialog', { name: 'Give up being an owner?' });
  await dialog.getByRole('button', { name: 'Change my role' }).click();
  await expect(dialog.getByText(/A competition needs an owner/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel(`Role of ${organizer.name}`)).toHaveValue('OWNER');
  await page.getByLabel(`Role of ${manager.name}`).selectOption('Owner');
  await expect(page.getByText(`${manager.name}: Owner`)).toBeVisible();
  await page.getByRole('button', { name: 'Leave…' }).click();
  await page.getByRole('button', { name: 'Leave the staff' }).click();
  await page.waitForURL('/organize');
  await page.goto(`/competitions/${competition.id}`);
  await expect(page.getByText(manager.name)).toBeVisible();
});

test('LA-13 the pages of invited people and of check-in staff are accessible and fit every width', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const helper = await backend.addStaff(organizer, competition.id, 'SCANNER');
  const path = await backend.inviteStaff(organizer, competition.id, 'somebody-new@example.org', 'REVIEWER');
  await page.goto(path);
  await expectReadable(page, 'invitation', 'en');
  await signIn(context, helper.email);
  await page.goto(path);
  await expectReadable(page, 'invitation of another address', 'en');
  await page.goto(`/organize/${competition.id}`);
  await expectReadable(page, 'limited role', 'en');
});
