import type { Page } from '@playwright/test';
import { formatCode } from '../packages/shared/src/team-rules.js';
import { signInWithForm } from './support/account.js';
import { type Backend, inDays, signIn } from './support/backend.js';
import { connectionStatus, openCompetition, panelButton, registrationPanel } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const panel = texts('panel');
const inPanel = texts('teamPanel');
const team = texts('team');
const page_ = texts('teamPage');
const joining = texts('joinTeam');

/** Open, for teams of two or three, each member of which takes one of five seats. */
const forTeams = (backend: Backend, organizer: Parameters<Backend['createCompetition']>[0], options: object = {}) =>
  backend.createCompetition(organizer, { teamMin: 2, teamMax: 3, startDate: inDays(6), ...options });

const teamPage = ({ id }: { id: string }) => `/competitions/${id}/team`;
const members = (page: Page) => page.getByRole('list', { name: team('members') }).getByRole('listitem');

test('TW-01 a team is created, joined by a link whose code no server sees, registered, and left', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await forTeams(backend, organizer);
  const captain = await backend.signUp('PARTICIPANT');
  const friend = await backend.signUp('PARTICIPANT');
  await signIn(context, captain.email);
  await openCompetition(page, competition);
  await expect(registrationPanel(page)).toContainText('Teams of 2 to 3.');
  await registrationPanel(page)
    .getByRole('link', { name: inPanel('find.create') })
    .click();
  await page.getByRole('button', { name: page_('create.submit') }).click();
  await expect(page.getByLabel(page_('create.name'))).toBeFocused();
  await page.getByLabel(page_('create.name')).fill('The Rooks');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Rooks');
  await expect(page.getByText(team('missing', { count: 1 }))).toBeVisible();
  const code = await page.getByRole('status', { name: team('code.label') }).innerText();
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
  await expect(page.getByRole('link', { name: page_('next.register') })).toHaveCount(0);
  await openCompetition(page, competition);
  await expect(panelButton(page)).toHaveAttribute('aria-disabled', 'true');

  const other = await newContext();
  /** Without the fragment, which browsers do not send. */
  const sent: string[] = [];
  other.on('request', (request) => sent.push(request.url().replace(/#.*/, '')));
  const theirs = await other.newPage();
  await theirs.goto(`/join-team#${code}`);
  await expect(theirs.getByText(joining('signInText'))).toBeVisible();
  await expect(theirs).toHaveURL('/join-team');
  await theirs
    .getByRole('main')
    .getByRole('link', { name: joining('signIn') })
    .click();
  await signInWithForm(theirs, friend.email);
  await expect(theirs).toHaveURL('/join-team');
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join The Rooks?');
  await expect(theirs.getByRole('heading', { level: 1 })).toBeFocused();
  await theirs.getByRole('button', { name: joining('join') }).click();
  await theirs.waitForURL(teamPage(competition));
  await expect(members(theirs)).toHaveCount(2);
  expect(sent.filter((address) => address.includes(code) || address.includes(code.replace('-', '')))).toEqual([]);

  await openCompetition(theirs, competition);
  await expect(registrationPanel(theirs)).toContainText(`${captain.name} is your captain and registers the team.`);
  await expect(panelButton(theirs)).toHaveCount(0);

  await openCompetition(page, competition);
  await expect(registrationPanel(page)).toContainText('You take 2 seats.');
  await panelButton(page).click();
  const registered = (one: Page) =>
    registrationPanel(one).getByRole('heading', { name: inPanel('mine.registered'), exact: true });
  await expect(registered(page)).toBeFocused();
  await expect(registrationPanel(page)).toContainText('3 of 5 seats left');
  await theirs.reload();
  await expect(registered(theirs)).toBeVisible();
  await expect(registrationPanel(theirs).getByRole('link', { name: panel('mine.ticket') })).toBeVisible();

  await registrationPanel(theirs)
    .getByRole('link', { name: inPanel('view') })
    .click();
  await theirs.getByRole('button', { name: page_('leave.open') }).click();
  const dialog = theirs.getByRole('dialog');
  await expect(dialog).toContainText(page_('effect.mySeat'));
  await expect(dialog).toContainText('The team is then too small.');
  await dialog.getByRole('button', { name: page_('leave.confirm') }).click();
  await theirs.waitForURL(`/competitions/${competition.id}`);
  await expect(registrationPanel(theirs).getByRole('link', { name: inPanel('find.create') })).toBeVisible();
  await expect(registrationPanel(page)).toContainText('4 of 5 seats left');
  await page.reload();
  await expect(registrationPanel(page)).toContainText(team('below.title', { count: 1 }));
  await page.goto(teamPage(competition));
  await expect(page.getByText(team('below.title', { count: 1 }))).toBeVisible();
});

test('TW-02 a team that needs more seats than are left waits as a whole, and moves up together', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await forTeams(backend, organizer, { capacity: 3 });
  const seated = await backend.createTeam(competition, 2);
  await backend.registerTeam(seated, competition.id);
  const waiting = await backend.createTeam(competition, 2);
  await signIn(context, waiting.people[0]!.email);
  await openCompetition(page, competition);
  await expect(registrationPanel(page)).toContainText('Only 1 seat is left, and your team needs 2.');
  await panelButton(page, panel('action.join')).click();
  await expect(
    registrationPanel(page).getByRole('heading', { name: inPanel('mine.waitlisted', { position: '1' }) }),
  ).toBeFocused();

  const other = await newContext();
  await signIn(other, waiting.people[1]!.email);
  const theirs = await other.newPage();
  await theirs.goto('/registrations');
  await expect(theirs.getByText(`Team ${waiting.name}`)).toBeVisible();
  await openCompetition(theirs, competition);
  for (const one of [page, theirs]) await expect(connectionStatus(one, 'Live')).toBeVisible();
  await backend.leave(seated.people[1]!, competition.id);
  for (const one of [page, theirs]) {
    await expect(
      registrationPanel(one).getByRole('heading', { name: inPanel('mine.registered'), exact: true }),
    ).toBeVisible();
    await expect(one.getByRole('status').getByText('Your team got its seats.')).toBeAttached();
  }
});

test('TW-03 a captain renames the team, renews its code, removes a member and hands the team over', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await forTeams(backend, organizer);
  const taken = await backend.createTeam(competition, 1, 'Blue');
  const mine = await backend.createTeam(competition, 3);
  const [captain, second, third] = mine.people;
  await signIn(context, captain!.email);
  await page.goto(teamPage(competition));
  await page.getByRole('button', { name: page_('rename.open') }).click();
  const name = page.getByLabel(page_('rename.label'));
  await expect(name).toBeFocused();
  await name.fill(taken.name.toUpperCase());
  await page.keyboard.press('Enter');
  await expect(name).toHaveAccessibleDescription('Another team already has this name, or one that looks like it.');
  await name.fill('Red');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Red');
  await expect(page.getByRole('button', { name: page_('rename.open') })).toBeFocused();

  await expect(page.getByText(team('code.full'))).toBeVisible();
  await page.getByRole('button', { name: `${page_('member.remove')} ${third!.name}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: page_('remove.confirm') })
    .click();
  await expect(members(page)).toHaveCount(2);
  await expect(page.getByRole('heading', { name: team('members') })).toBeFocused();

  const code = page.getByRole('status', { name: team('code.label') });
  await expect(code).toHaveText(formatCode(mine.code));
  await page.getByRole('button', { name: page_('newCode.open') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: page_('newCode.confirm') })
    .click();
  await expect(code).not.toHaveText(formatCode(mine.code));

  await page.getByRole('button', { name: `${page_('member.makeCaptain')} ${second!.name}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: page_('captaincy.confirm') })
    .click();
  await expect(members(page).filter({ hasText: second!.name })).toContainText(team('captain'));
  await expect(page.getByRole('button', { name: page_('rename.open') })).toHaveCount(0);
  await expect(page.getByText(`${second!.name} registers the team.`)).toBeVisible();
});

test('TW-04 who lacks answers is named to the captain, answers on the page of the team, and the team is registered', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await forTeams(backend, organizer);
  const mine = await backend.createTeam(competition, 2);
  const [captain, second] = mine.people;
  await backend.edit(organizer, competition, {
    questions: [
      { id: 'boat', kind: 'SHORT_TEXT', label: 'Boat', required: true },
      { id: 'shirt', kind: 'SHORT_TEXT', label: 'Shirt size', required: true, answeredBy: 'MEMBER' },
    ],
  });
  await signIn(context, captain!.email);
  await page.goto(teamPage(competition));
  const answer = async (one: Page) => {
    await one.getByRole('textbox', { name: 'Shirt size' }).fill('M');
    await expect(one.getByRole('textbox', { name: 'Boat' })).toHaveCount(0);
    await one.getByRole('button', { name: texts('questions')('mine.save') }).click();
    await expect(one.getByText(texts('questions')('mine.saved'))).toBeVisible();
  };
  await answer(page);
  await openCompetition(page, competition);
  await expect(registrationPanel(page).getByText(team('ineligible.ANSWERS_MISSING'))).toBeVisible();
  await registrationPanel(page).getByRole('textbox', { name: 'Boat' }).fill('Eight');
  await expect(registrationPanel(page).getByRole('textbox', { name: 'Shirt size' })).toHaveCount(0);
  await panelButton(page).click();
  await expect(registrationPanel(page)).toContainText(`${second!.name} has to answer the questions for members first.`);

  const other = await newContext();
  await signIn(other, second!.email);
  const theirs = await other.newPage();
  await openCompetition(theirs, competition);
  await registrationPanel(theirs).getByRole('link', { name: 'Answer the questions' }).click();
  await answer(theirs);
  await panelButton(page).click();
  await expect(
    registrationPanel(page).getByRole('heading', { name: inPanel('mine.registered'), exact: true }),
  ).toBeVisible();
});

test('TW-05 a code leads to a team or says why not', async ({ page, context, backend, organizer }) => {
  const competition = await forTeams(backend, organizer, { teamMax: 2 });
  const full = await backend.createTeam(competition, 2);
  const open = await backend.createTeam(competition, 1);
  const member = await backend.createTeam(competition, 1);
  await signIn(context, organizer.email);
  await page.goto(`/join-team#${open.code}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(joining('organizerTitle'));
  await context.clearCookies();
  await signIn(context, member.people[0]!.email);
  // The code of before is still known to this tab.
  await page.goto('/join-team');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Join ${open.name}?`);
  await expect(page.getByRole('status').getByText(joining('inOther'))).toBeVisible();
  await expect(page.getByRole('button', { name: joining('join') })).toHaveCount(0);
  await page.getByRole('button', { name: joining('other') }).click();
  const code = page.getByLabel(joining('code'));
  await expect(code).toBeFocused();
  await code.fill('ABCDE');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAccessibleDescription('A code has 10 letters and digits, such as K7Q4M-9XWDE.');
  await code.fill('abcde fghjk');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAccessibleDescription(joining('unknown'));
  await code.fill(full.code.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText(joining('full'))).toBeVisible();
});

test('TW-06 an organizer makes a competition for teams, finds them and their members, and cannot change its rules then', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const editing = texts('editing');
  const list = texts('teamList');
  const competition = await backend.createCompetition(organizer);
  await signIn(context, organizer.email);
  const section = page.locator('section#teams');
  const save = () => section.getByRole('button', { name: 'Save changes' }).click();
  await page.goto(`/competitions/${competition.id}/edit`);
  await section.getByRole('radio', { name: editing('participants.TEAMS') }).check();
  await section.getByLabel(editing('fields.teamMax')).fill('9');
  await save();
  await expect(section.getByLabel(editing('fields.teamMax'))).toHaveAccessibleDescription(
    'There have to be at least as many seats as the largest team has members.',
  );
  await section.getByLabel(editing('fields.teamMax')).fill('3');
  await save();
  await expect(section.getByText(editing('saved'))).toBeVisible();

  const registered = await backend.createTeam(competition, 2);
  await backend.registerTeam(registered, competition.id);
  const unregistered = await backend.createTeam(competition, 1);
  await page.reload();
  await expect(section.getByText(editing('participantsLocked'))).toBeVisible();
  await expect(section.getByRole('radio', { name: editing('participants.PERSONS') })).toBeDisabled();
  await page.getByRole('link', { name: texts('organizing')('manage.teams'), exact: true }).click();
  const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(rowOf(unregistered.name)).toContainText(list('unregistered'));
  await expect(rowOf(registered.name)).toContainText(list('registered'));
  await rowOf(registered.name)
    .getByText(list('members', { count: 2 }))
    .click();
  await expect(rowOf(registered.name)).toContainText(registered.people[1]!.email);

  await page.goto(`/organize/${competition.id}`);
  await expect(page.getByRole('row').filter({ hasText: registered.name })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: unregistered.name })).toHaveCount(0);
  await page.getByText('2 members').filter({ visible: true }).click();
  await expect(page.getByText(registered.people[1]!.email).filter({ visible: true })).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: texts('organizing')('people.exportMembers') }).click();
  expect((await download).url()).toContain('per=person');
});

test('TW-06 an organizer reads what each member has written, also where the team itself is asked nothing', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const shirt = { id: 'shirt', kind: 'SHORT_TEXT', label: 'Name on the shirt', required: false, answeredBy: 'MEMBER' };
  const competition = await forTeams(backend, organizer, { questions: [shirt] });
  const mine = await backend.createTeam(competition, 2);
  const [captain, second] = mine.people;
  await backend.answerAsMember(captain!, mine, { shirt: 'Captain Zoë' });
  await backend.answerAsMember(second!, mine, { shirt: 'The Wall' });
  await backend.registerTeam(mine, competition.id);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('button', { name: texts('registrants')('menu', { name: mine.name }) }).click();
  await page.getByRole('menuitem', { name: texts('questions')('staff.show') }).click();
  const dialog = page.getByRole('dialog', { name: texts('questions')('staff.dialog', { name: mine.name }) });
  const given = dialog.locator('section').filter({ hasText: shirt.label });
  await expect(given.filter({ hasText: captain!.name })).toContainText('Captain Zoë');
  await expect(given.filter({ hasText: second!.name })).toContainText('The Wall');
});

test('once teams are fixed, the page of a team that is too small says so once', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await forTeams(backend, organizer);
  const { people } = await backend.createTeam(competition, 1);
  await backend.fixTeams(competition);
  await signIn(context, people[0]!.email);
  await page.goto(teamPage(competition));
  await expect(page.getByText(team('tooSmall'))).toBeVisible();
  await expect(page.getByText(page_('locked.title'))).toHaveCount(1);
});
