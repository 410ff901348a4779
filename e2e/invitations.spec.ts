import { expectReadable } from './support/accessibility.js';
import { signIn, uniqueEmail } from './support/backend.js';
import { openCompetition, panelButton, registeredHeading, registrationPanel } from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test('IV-01 an organizer pastes addresses, an invited person accepts with one button, and another invitation is withdrawn', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
  competition,
}) => {
  const guest = await backend.signUp('PARTICIPANT');
  await backend.verifyEmail(guest);
  const stranger = uniqueEmail();
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('link', { name: 'Invitations', exact: true }).click();
  const addresses = page.getByLabel('Email addresses');
  await addresses.fill(`${guest.name} <${guest.email}>, ${stranger}; ${stranger.toUpperCase()} not-an-address`);
  await expect(page.getByText('2 addresses One address is there twice and counts once.')).toBeVisible();
  await page.getByRole('button', { name: 'Invite 2 people' }).click();
  await expect(addresses).toBeFocused();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('This reserves 2 seats and sends 2 invitations.')).toBeVisible();
  await page.getByLabel('Message').fill('Bring a board.');
  await page.getByRole('button', { name: 'Invite 2 people' }).click();
  await expect(page.getByText('2 people were invited.')).toBeVisible();
  await expect(page.getByText('3 seats are free.')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '2 invitations' })).toBeVisible();

  const other = await newContext();
  const mailbox = await other.newPage();
  await signIn(other, guest.email);
  await mailbox.goto('/mailbox');
  await expect(async () => {
    await mailbox.reload();
    await mailbox.getByRole('link', { name: /You’re invited: / }).click({ timeout: 2_000 });
  }).toPass();
  await mailbox.getByRole('link', { name: 'View invitation' }).click();
  await expect(mailbox.getByRole('heading', { level: 1 })).toHaveText(`Take part in ${competition.title}?`);
  await expect(mailbox.getByText('Bring a board.')).toBeVisible();
  const link = mailbox.url();
  await mailbox.getByRole('button', { name: 'Accept and register' }).click();
  await mailbox.waitForURL(`/competitions/${competition.id}`);
  await expect(mailbox.getByRole('heading', { name: 'You’re in' })).toBeVisible();
  await mailbox.goto(link);
  await expect(mailbox.getByRole('heading', { level: 1 })).toHaveText('You’ve accepted this invitation');

  await page.reload();
  await page.getByRole('button', { name: `Withdraw the invitation to ${stranger}` }).click();
  await page.getByRole('button', { name: 'Withdraw invitation' }).click();
  await expect(page.getByText(`Invitation to ${stranger} withdrawn.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Invitations', exact: true })).toBeFocused();
  await page.getByRole('link', { name: 'Accepted' }).click();
  await expect(page.getByText(guest.email)).toBeVisible();
  await expect(page.getByText(stranger)).toHaveCount(0);
});

test('IV-02 the link of an invitation asks to sign in, and says what stands in the way', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const guest = await backend.signUp('PARTICIPANT');
  const path = await backend.invite(organizer, competition.id, guest.email);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re invited to a competition');
  await expectReadable(page, 'invitation of a visitor', 'en');
  await signIn(context, (await backend.signUp('PARTICIPANT')).email);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation is for another address');
  await context.clearCookies();
  await signIn(context, guest.email);
  await page.goto(path);
  await expect(page.getByText('Verify your email address first')).toBeVisible();
  await expectReadable(page, 'invitation of an address that is not verified', 'en');
  await backend.verifyEmail(guest);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Accept and register' })).toBeVisible();
  await expectReadable(page, 'invitation', 'en');
  await backend.cancel(organizer, competition.id);
  await page.getByRole('button', { name: 'Accept and register' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This competition has been canceled.' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation isn’t open anymore');
});

test('IV-05 an invited person answers the questions of the competition before accepting', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const guest = await backend.signUp('PARTICIPANT');
  await backend.verifyEmail(guest);
  await backend.edit(organizer, competition, {
    questions: [{ id: 'club', kind: 'SHORT_TEXT', label: 'Your club', required: true }],
  });
  const path = await backend.invite(organizer, competition.id, guest.email);
  await signIn(context, guest.email);
  await page.goto(path);
  const club = page.getByRole('textbox', { name: 'Your club' });
  await page.getByRole('button', { name: 'Accept and register' }).click();
  await expect(club).toBeFocused();
  await expect(club).toHaveAccessibleDescription(/This field is required/);
  await club.fill('Queens');
  await page.getByRole('button', { name: 'Accept and register' }).click();
  await page.waitForURL(`/competitions/${competition.id}`);
  await expect(page.getByRole('heading', { name: 'You’re in' })).toBeVisible();
});

test('IV-07 an invited person takes the reserved seat on the page of a full competition, without the link from the mail', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const guest = await backend.signUp('PARTICIPANT');
  const competition = await backend.createCompetition(organizer, {
    capacity: 2,
    questions: [{ id: 'club', kind: 'SHORT_TEXT', label: 'Your club', required: true }],
  });
  await backend.registerWithAnswers(await backend.signUp('PARTICIPANT'), competition.id, { club: 'Rooks' });
  await backend.invite(organizer, competition.id, guest.email);
  await signIn(context, guest.email);
  await page.goto('/registrations');
  await expect(page.getByRole('region', { name: 'Invitations' })).toContainText(/Reserved for you until/);
  await expectReadable(page, 'own registrations with an invitation', 'en');
  await page.getByRole('link', { name: `Accept the invitation to ${competition.title}` }).click();
  await expect(page.getByText('Verify your email address first')).toBeVisible();

  await openCompetition(page, competition);
  await expect(registrationPanel(page).getByRole('heading', { name: 'A seat is reserved for you' })).toBeVisible();
  await expect(registrationPanel(page)).toContainText('All other seats are taken');
  await expect(registrationPanel(page).getByRole('button', { name: /waitlist/ })).toHaveCount(0);
  await expectReadable(page, 'competition with an invitation', 'en');
  const accept = panelButton(page, 'Accept and register');
  await accept.click();
  await expect(page.getByRole('textbox', { name: 'Your club' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Your club' }).fill('Queens');
  await accept.click();
  // The address is not verified yet: the press counts as soon as it is.
  await expect(page.getByRole('heading', { name: 'One more step: check your inbox' })).toBeVisible();
  await backend.verifyEmail(guest);
  await page.reload();
  await expect(registeredHeading(page)).toBeVisible();
  await page.goto('/registrations');
  await expect(page.getByRole('region', { name: 'Invitations' })).toHaveCount(0);
});

test.describe('imports', () => {
  // Of the picture.
  test.use({ refusals: [415] });

  test('IM-04 a file is checked row by row, imported with its effect stated, and reported', async ({
    page,
    context,
    backend,
    organizer,
    competition,
  }) => {
    const member = await backend.signUp('PARTICIPANT');
    await backend.verifyEmail(member);
    const stranger = uniqueEmail();
    const file = `Name;E-Mail;Club\nJürgen Müßig;${member.email};A\nZoë;${stranger};B\nTwice;${stranger};C\nNobody;no address;D\n`;
    await signIn(context, organizer.email);
    await page.goto(`/organize/${competition.id}/invitations`);
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByLabel('Choose a CSV file').setInputFiles({
      name: 'picture.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]),
    });
    await expect(page.getByText('Choose a CSV file. We couldn’t read this file as one.')).toBeVisible();
    await page.getByLabel('Choose a CSV file').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(file, 'latin1'),
    });
    await expect(page.getByRole('heading', { level: 2, name: 'people.csv' })).toBeVisible();
    await expect(page.getByText('Read as Windows-1252, separated by semicolons.')).toBeVisible();
    await expect(page.getByText('This column was ignored: Club')).toBeVisible();
    await expect(page.getByRole('row', { name: /Jürgen Müßig New/ })).toBeVisible();
    await page.getByRole('link', { name: 'With errors 1' }).click();
    await expect(page.getByRole('row', { name: /no address Nobody Error Not an email address/ })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expectReadable(page, 'import', 'en');
    await page.getByLabel('Don’t send emails').check();
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await expect(page.getByText('1 person was registered, and 1 was invited.')).toBeVisible({ timeout: 20_000 });
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download report' }).click(),
    ]);
    expect(report.suggestedFilename()).toMatch(/^import-.*\.csv$/);
    await page.getByRole('link', { name: 'View invitations' }).click();
    await expect(page.getByText('Not sent yet')).toBeVisible();
    await expectReadable(page, 'invitations', 'en');
    await page.getByRole('button', { name: 'Send 1 unsent invitation' }).click();
    await expect(page.getByText('1 invitation is on its way.')).toBeVisible();
    await expect(page.getByText('Not sent yet')).toHaveCount(0);
  });

  test('IM-04 a file with more new people than free seats says so, and is not offered for import', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 2 });
    await backend.registerPeople(competition, 1);
    const file = await backend.checkFile(organizer, competition, `email\n${uniqueEmail()}\n${uniqueEmail()}`);
    await signIn(context, organizer.email);
    await page.goto(`/organize/${competition.id}/imports/${file}`);
    await expect(page.getByText('Not enough free seats')).toBeVisible();
    await expect(page.getByText('2 people are new in this file, and 1 seat is free.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import 2 people' })).toHaveCount(0);
    const smaller = await backend.checkFile(organizer, competition, `email\n${uniqueEmail()}`);
    await page.goto(`/organize/${competition.id}/imports/${smaller}`);
    await expect(page.getByRole('button', { name: 'Import 1 person' })).toBeVisible();
  });
});
