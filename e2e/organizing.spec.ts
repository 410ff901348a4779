import { signInWithForm } from './support/account.js';
import { signIn, unique, uniqueEmail } from './support/backend.js';
import { expect, test } from './support/test.js';

test('U9 two windows edit one competition: only fields that both changed are asked about, and no change is lost', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const basics = page.getByRole('region', { name: 'Basics' });
  await basics.getByLabel('Title').fill('Mine');
  await basics.getByLabel('Tags').fill('chess');
  await backend.edit(organizer, competition, { title: 'Theirs', location: 'Hall 9' });
  await basics.getByRole('button', { name: 'Save changes' }).click();
  await expect(basics.getByText('Someone else changed this in the meantime')).toBeVisible();
  await expect(basics.getByText('Yours', { exact: true })).toHaveCount(1);
  await basics.getByRole('group', { name: 'Title' }).getByLabel(/Yours/).check();
  await basics.getByRole('button', { name: 'Save selection' }).click();
  await expect(basics.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Place/ })).toHaveValue('Hall 9');
  await page.goto(`/competitions/${competition.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
  await expect(page.getByText('Hall 9')).toBeVisible();
});

test('U3 fewer seats than people is an error beside the field, in view and with the focus', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 2);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const seats = page.getByRole('textbox', { name: 'Seats' });
  await seats.fill('1');
  await page.getByRole('region', { name: 'Seats and waitlist' }).getByRole('button', { name: 'Save changes' }).click();
  await expect(seats).toHaveAccessibleDescription('2 people have a seat. Remove some first.');
  await expect(seats).toBeFocused();
  await expect(seats).toBeInViewport();
});

test('U12 U13 U18 a competition is created by typing, with all mistakes at once, and can be shared', async ({
  page,
  context,
  organizer,
}) => {
  await signIn(context, organizer.email);
  await page.goto('/competitions/new');
  const closes = page.getByRole('group', { name: 'Registration closes' });
  await closes.getByLabel('Date', { exact: true }).fill('1.1.2020');
  await closes.getByLabel('Date', { exact: true }).press('Tab');
  await page.keyboard.type('2pm');
  await page.keyboard.press('Tab');
  await expect(
    page.getByRole('group', { name: 'Competition starts' }).getByLabel('Date', { exact: true }),
  ).toBeFocused();
  await page.getByRole('textbox', { name: 'Seats' }).fill('0');
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('3 fields need your attention')).toBeVisible();
  await expect(page.getByLabel('Title')).toBeFocused();
  await expect(closes.getByText('Registration must close in the future.')).toBeVisible();

  const title = unique('Cup');
  await page.getByLabel('Title').fill(title);
  await page.getByRole('textbox', { name: 'Seats' }).fill('1 200');
  await closes.getByLabel('Date', { exact: true }).fill('1 Dec 2099');
  await expect(closes.getByText(/Tuesday,\s1\sDecember\s2099.* 14:00/)).toBeVisible();
  await page.getByRole('textbox', { name: /^Description/ }).fill('Bring **water**');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('strong', { hasText: 'water' })).toBeVisible();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('Your competition is live')).toBeVisible();
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(/\/competitions\/[0-9a-f-]+$/);
  await page.getByRole('button', { name: 'QR code' }).click();
  await expect(page.getByRole('img', { name: `QR code that opens ${title}` })).toBeVisible();
});

test('U10 a half-filled form is not left without a question, and is offered on return', async ({
  page,
  context,
  organizer,
}) => {
  await signIn(context, organizer.email);
  await page.goto('/competitions/new');
  await page.getByLabel('Title').fill('Half a title');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My competitions' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Half a title');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My competitions' }).click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/organize$/);

  await page.goto('/competitions/new');
  await expect(page.getByLabel('Title')).toHaveValue('');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Half a title');
});

test('a duplicate takes over everything but the dates', async ({ page, context, organizer, competition }) => {
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('link', { name: 'Duplicate' }).click();
  await expect(page.getByLabel('Title')).toHaveValue(competition.title);
  await expect(page.getByRole('textbox', { name: /^Description/ })).toHaveValue('Bring *water*.');
  await expect(page.getByRole('group', { name: 'Competition starts' }).getByLabel('Date', { exact: true })).toHaveValue(
    '',
  );
});

test('U14 the list of people is sorted, filtered and searched in the address, and removes a person with a reason', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const [ada, ben] = await backend.registerPeople(competition, 2);
  const [first, last] = [ada!, ben!].toSorted((a, b) => a.name.localeCompare(b.name));
  await signIn(context, organizer.email);
  await page.goto('/organize');
  await page.getByRole('link', { name: competition.title }).click();
  const rows = page.getByRole('rowheader');
  await page.getByRole('link', { name: 'Name', exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(rows).toContainText([first!.name, last!.name]);
  await page.getByRole('link', { name: 'Name', exact: true }).click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(rows).toContainText([last!.name, first!.name]);

  await page.getByLabel('Search by name or email').fill(ada!.name);
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/sort=-name.*search=|search=.*sort=-name/);
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: `Actions for ${ada!.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Actions for ${ada!.name}` })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove and notify' }).click();
  await expect(page.getByText('Enter a reason: the person gets it in a message.')).toBeVisible();
  await page.getByLabel('Reason').fill('Signed up twice');
  await page.getByRole('button', { name: 'Remove and notify' }).click();
  await expect(page.getByText(`${ada!.name} has been removed and gets a message.`)).toBeVisible();
  // Its row is gone, and the focus is not lost with it.
  await expect(page.getByRole('status').filter({ hasText: 'found for' })).toBeFocused();
  await page.goto(`/organize/${competition.id}?show=ended`);
  await expect(page.getByRole('cell', { name: /Removed.*Signed up twice/ })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

test('U6 the check-in list has everybody on it, by name', async ({ page, context, backend, organizer }) => {
  const competition = await backend.createCompetition(organizer, { capacity: 5 });
  const people = await backend.registerPeople(competition, 7);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/check-in`);
  const names = people.slice(0, 5).map(({ name }) => name);
  await expect(page.getByRole('table', { name: 'Registered (5)' }).getByRole('rowheader')).toHaveText(
    names.toSorted(new Intl.Collator('en').compare),
  );
  await expect(page.getByRole('table', { name: 'Waitlist (2)' }).getByRole('rowheader')).toHaveText(
    people.slice(5).map(({ name }) => name),
  );
});

test('U6 the check-in list has the teams and the numbers of the tickets', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 5, teamMin: 1, teamMax: 3 });
  const team = await backend.createTeam(competition, 3);
  await backend.registerTeam(team, competition.id);
  const { number } = await backend.ticketOf(team.people[0]!, competition.id);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/check-in`);
  const table = page.getByRole('table', { name: 'Registered (3)' });
  await expect(table.getByRole('columnheader', { name: 'Team' })).toBeVisible();
  await expect(table.getByRole('row', { name: team.people[0]!.name })).toContainText(`${team.name}${number}`);
  await expect(table.getByRole('cell', { name: team.name })).toHaveCount(3);
});

test('U6 the check-in list has nobody as registered who has applied, or has not confirmed', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, {
    capacity: 2,
    admissionMode: 'APPROVAL',
    confirmWithinHours: 24,
  });
  const people = await backend.registerPeople(competition, 4);
  for (const person of people.slice(0, 3)) await backend.decide(organizer, competition, person, 'ACCEPT');
  await backend.confirm(people[0]!, competition.id);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}/check-in`);
  const namesIn = (table: string) => page.getByRole('table', { name: table }).getByRole('rowheader');
  await expect(namesIn('Registered (1)')).toHaveText([people[0]!.name]);
  await expect(namesIn('Waitlist (1)')).toHaveText([people[2]!.name]);
});

test('U5 every value of the chart is reached with the keyboard', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const [person] = await backend.registerPeople(competition, 2);
  await backend.leave(person!, competition.id);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}?tab=statistics`);
  const chart = page.getByRole('slider', { name: 'Choose a bar' });
  await chart.focus();
  await chart.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /: \d+ registered, \d+ left or removed$/);
});

test('an organizer cancels a competition, and is told how many get a message', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 1);
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  await page.getByRole('button', { name: 'Cancel competition…' }).click();
  await page.getByRole('button', { name: 'Cancel and notify one person' }).click();
  await page.waitForURL(new RegExp(`/organize/${competition.id}$`));
  await expect(page.getByText('Canceled').first()).toBeVisible();
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

test('OB-01 an admin sees a broken row, where it is, and that it is repaired', async ({
  page,
  context,
  backend,
  competition,
}) => {
  const { email, password } = await backend.createAdmin();
  await signIn(context, email, password);
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }).click();
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Never oversold' }) });
  await expect(tile).toBeVisible();
  await backend.miscountSeats(competition, -1);
  // The page refreshes itself.
  const row = tile.getByRole('listitem').filter({ hasText: competition.title });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await expect(tile).toContainText('Broken');
  await expect(row).toContainText('I3');
  await expect(row.getByRole('link', { name: competition.title })).toHaveAttribute(
    'href',
    `/competitions/${competition.id}`,
  );
  await backend.miscountSeats(competition, 1);
  await expect(row).toBeHidden({ timeout: 30_000 });
});

test('an admin sees queues, scheduled runs, the audit log and the version', async ({ page, context, backend }) => {
  const { email, password } = await backend.createAdmin();
  const version = page.getByRole('contentinfo').getByText(/^Version \d+\.\d+\.\d+/);
  await page.goto('/competitions');
  await expect(version).toHaveCount(0);
  await signIn(context, email, password);
  await page.goto('/admin/jobs');
  await expect(version).toBeVisible();
  await expect(page.getByRole('cell', { name: 'registration', exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'reminders', exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(page.getByRole('heading', { name: 'No failed jobs' })).toBeVisible();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  const actions = page.getByRole('cell').getByText(/^[a-z]+\.[a-z-]+$/);
  const lines = await actions.evaluateAll((all) => all.map((action) => action.getClientRects().length));
  expect(new Set(lines)).toEqual(new Set([1]));
});

test('an admin reads the title of an unconfirmed message in the direction of its language, and marks it as sent', async ({
  page,
  context,
  backend,
  competition,
}) => {
  const person = await backend.signUp('PARTICIPANT');
  await backend.changeAccount(person, { language: 'ar' });
  await signIn(context, person.email);
  await backend.register(person, competition.id);
  const message = page.getByText(competition.title);
  await expect(async () => {
    await page.goto('/mailbox');
    await expect(message.first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await backend.loseDeliveries(competition);
  const { email, password } = await backend.createAdmin();
  await context.clearCookies();
  await signIn(context, email, password);
  await page.goto('/admin/jobs?tab=unknown');
  await expect(message).toHaveCSS('direction', 'rtl');
  await page.getByRole('listitem').filter({ has: message }).getByRole('button', { name: 'Mark as sent' }).click();
  await expect(message).toHaveCount(0);
});

test('a seat that is reserved for an invited person counts as taken', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.invite(organizer, competition.id, uniqueEmail());
  await signIn(context, organizer.email);
  await page.goto('/organize');
  const card = page.getByRole('listitem').filter({ hasText: competition.title });
  await expect(card.getByText('of 5 seats taken')).toBeVisible();
  await expect(card.getByRole('definition')).toHaveText('1');
});

test('the page of a canceled competition counts no free seats, and does not ask to share it', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  await backend.registerPeople(competition, 1);
  await backend.cancel(organizer, competition.id);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await expect(page.getByRole('heading', { name: 'Nobody is registered anymore' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/seats left|Share/);
});
