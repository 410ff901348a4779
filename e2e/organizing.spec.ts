import { signIn } from './support/house.js';
import { expect, test } from './support/test.js';

test('two windows edit one competition: the second sees both sides and loses nothing', async ({
  page,
  context,
  house,
}) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByLabel('Title').fill('Mine');
  await house.edit(organizer, competition, { title: 'Theirs', location: 'Hall 9' });
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Somebody has changed this in the meantime')).toBeVisible();
  await expect(page.getByText('Theirs', { exact: true })).toBeVisible();
  await page.getByRole('group', { name: 'Title' }).getByLabel(/Yours/).check();
  await page.getByRole('button', { name: 'Save what is chosen' }).click();
  await page.waitForURL(new RegExp(`/competitions/${competition.id}$`));
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
  await expect(page.getByText('Hall 9')).toBeVisible();
});

test('an organizer sees who is in, removes one with a reason, and cancels after being told whom it reaches', async ({
  page,
  context,
  house,
}) => {
  const organizer = await house.signUp('ORGANIZER');
  const competition = await house.aCompetition(organizer);
  const [ada, ben] = await Promise.all([house.signUp('PARTICIPANT'), house.signUp('PARTICIPANT')]);
  await house.register(ada!, competition.id);
  await house.register(ben!, competition.id);
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

test('a forgotten password is set anew with the operator’s link, once', async ({ page, house }) => {
  const me = await house.signUp('PARTICIPANT');
  const link = house.resetLink(me.email);
  await page.goto(link);
  await page.getByLabel('New password').fill('another-password');
  await page.getByRole('main').getByRole('button').last().click();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(me.email);
  await page.getByLabel('Password', { exact: true }).fill('another-password');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
});

test('an admin sees the queues, the runs and who did what', async ({ page, context, house }) => {
  const { email, password } = await house.anAdmin();
  await signIn(context, email, password);
  await page.goto('/admin/jobs');
  await expect(page.getByRole('cell', { name: 'registration', exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'reminders', exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(page.getByRole('heading', { name: 'Nothing has failed' })).toBeVisible();
  await page.getByRole('link', { name: 'Who did what' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});
