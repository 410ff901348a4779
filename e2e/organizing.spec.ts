import { signInWithForm } from './support/account.js';
import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';

test('two windows edit one competition: the second sees both versions and no change is lost', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByLabel('Title').fill('Mine');
  await backend.edit(organizer, competition, { title: 'Theirs', location: 'Hall 9' });
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Somebody has changed this in the meantime')).toBeVisible();
  await expect(page.getByText('Theirs', { exact: true })).toBeVisible();
  await page.getByRole('group', { name: 'Title' }).getByLabel(/Yours/).check();
  await page.getByRole('button', { name: 'Save what is chosen' }).click();
  await page.waitForURL(new RegExp(`/competitions/${competition.id}$`));
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
  await expect(page.getByText('Hall 9')).toBeVisible();
});

test('an organizer lists registrations, removes a person with a reason, exports, and cancels', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const [ada, ben] = await backend.registerPeople(competition, 2);
  await signIn(context, organizer.email);
  await page.goto('/organize');
  await page.getByRole('link', { name: competition.title }).click();
  await page.getByLabel('Search by name or e-mail').fill(ada!.name);
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText(ada!.email)).toBeVisible();
  await expect(page.getByText(ben!.email)).toHaveCount(0);
  await page.getByRole('button', { name: `Remove ${ada!.name}` }).click();
  await page.getByRole('button', { name: 'Remove and tell them' }).click();
  await expect(page.getByText('Say why: the person is told.')).toBeVisible();
  await page.getByLabel('Why').fill('Signed up twice');
  await page.getByRole('button', { name: 'Remove and tell them' }).click();
  await expect(page.getByText(`${ada!.name} has been removed and told why.`)).toBeVisible();
  await page.goto(`/organize/${competition.id}?tab=ended`);
  await expect(page.getByText('“Signed up twice”')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export all as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  await page.goto(`/organize/${competition.id}?tab=settings`);
  await page.getByRole('button', { name: 'Cancel the competition' }).click();
  await page.getByRole('button', { name: 'Cancel and tell 1 person' }).click();
  await page.waitForURL(new RegExp(`/competitions/${competition.id}$`));
  await expect(page.getByText('Cancelled').first()).toBeVisible();
});

test('a forgotten password is reset with the link from the operator', async ({ page, backend }) => {
  const { email } = await backend.signUp('PARTICIPANT');
  await page.goto(backend.resetLink(email));
  await page.getByLabel('New password').fill('another-password');
  await page.getByRole('main').getByRole('button').last().click();
  await page.goto('/sign-in');
  await signInWithForm(page, email, 'another-password');
  await expect(page).not.toHaveURL(/sign-in/);
});

test('an admin sees the queues, the scheduled runs and the audit log', async ({ page, context, backend }) => {
  const { email, password } = await backend.createAdmin();
  await signIn(context, email, password);
  await page.goto('/admin/jobs');
  await expect(page.getByRole('cell', { name: 'registration', exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'reminders', exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(page.getByRole('heading', { name: 'Nothing has failed' })).toBeVisible();
  await page.getByRole('link', { name: 'Who did what' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});
