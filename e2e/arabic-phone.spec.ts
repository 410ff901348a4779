import type { BrowserContext, Page } from '@playwright/test';
import { PHONE } from './support/accessibility.js';
import { type Account, type Backend, inDays, signIn } from './support/backend.js';
import { openCompetition } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const ON_A_PHONE = { viewport: PHONE, hasTouch: true, locale: 'ar' };
test.use(ON_A_PHONE);

const panel = texts('panel', 'ar');
const applications = texts('applications', 'ar');
const teamPage = texts('teamPage', 'ar');
const door = texts('door', 'ar');

const panelOf = (page: Page) => page.getByRole('region', { name: panel('label'), exact: true });
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).tap();

async function signInInArabic(context: BrowserContext, backend: Backend, account: Account): Promise<Page> {
  await backend.changeAccount(account, { language: 'ar' });
  await signIn(context, account.email);
  return context.newPage();
}

test('AP-08 a person applies, is accepted and confirms, in Arabic by touch', async ({
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, {
    admissionMode: 'APPROVAL',
    confirmWithinHours: 24,
    decisionsBy: inDays(2),
  });
  const person = await backend.signUp('PARTICIPANT');
  const theirs = await signInInArabic(context, backend, person);
  await openCompetition(theirs, competition);
  await tap(theirs, panel('action.apply'));
  await expect(panelOf(theirs).getByRole('heading', { name: panel('mine.applied') })).toBeVisible();

  const inbox = await signInInArabic(await newContext(ON_A_PHONE), backend, organizer);
  await inbox.goto(`/organize/${competition.id}/applications`);
  await inbox.getByRole('button', { name: new RegExp(`^${person.name}`) }).tap();
  await expect(inbox.getByRole('heading', { name: person.name })).toBeVisible();
  await tap(inbox, applications('decide.accept'));
  await tap(inbox, applications('dialog.acceptConfirm', { who: 'PERSONS', count: 1 }));
  await expect(inbox.getByRole('dialog')).toHaveCount(0);

  await tap(theirs, panel('action.confirm'));
  await expect(panelOf(theirs).getByRole('heading', { name: panel('mine.registered') })).toBeVisible();
});

test('TW-01, CI-01 a team is created, joined and registered, and a member is let in, in Arabic by touch', async ({
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { teamMin: 2, teamMax: 3, startDate: inDays(6) });
  const [captain, friend] = [await backend.signUp('PARTICIPANT'), await backend.signUp('PARTICIPANT')];
  const page = await signInInArabic(context, backend, captain);
  await openCompetition(page, competition);
  await panelOf(page)
    .getByRole('link', { name: texts('teamPanel', 'ar')('find.create') })
    .tap();
  await page.getByLabel(teamPage('create.name')).fill('النسور');
  await tap(page, teamPage('create.submit'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('النسور');
  const code = await page.getByRole('status', { name: texts('team', 'ar')('code.label') }).innerText();

  const theirs = await signInInArabic(await newContext(ON_A_PHONE), backend, friend);
  await theirs.goto(`/join-team#${code}`);
  await tap(theirs, texts('joinTeam', 'ar')('join'));
  await theirs.waitForURL(`/competitions/${competition.id}/team`);

  await openCompetition(page, competition);
  await tap(page, panel('action.register'));
  await expect(panelOf(page).getByRole('heading', { name: texts('teamPanel', 'ar')('mine.registered') })).toBeVisible();

  const entrance = await signInInArabic(await newContext(ON_A_PHONE), backend, organizer);
  await entrance.goto(`/door/${competition.id}`);
  await entrance.getByLabel(door('setup.label')).fill('المدخل');
  await tap(entrance, door('setup.start'));
  await entrance.getByLabel(door('search.label')).fill(friend.name);
  await tap(entrance, door('search.checkInPerson', { name: friend.name }));
  await expect(entrance.locator('[data-result]')).toHaveAttribute('data-result', 'WELCOME');
  await expect.poll(() => backend.checkedIn(organizer, competition)).toBe(1);
});
