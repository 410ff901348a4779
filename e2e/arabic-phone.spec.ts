import type { BrowserContext, Page } from '@playwright/test';
import { isolate } from '../packages/shared/src/languages.js';
import { PHONE } from './support/accessibility.js';
import { type Account, type Backend, inDays, signIn } from './support/backend.js';
import { expectToFit } from './support/phone.js';
import { openCompetition } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const ON_A_PHONE = { viewport: PHONE, hasTouch: true, isMobile: true, locale: 'ar' };
test.use(ON_A_PHONE);

const panel = texts('panel', 'ar');
const invitations = texts('invitations', 'ar');
const teamPage = texts('teamPage', 'ar');
const door = texts('door', 'ar');

const panelOf = (page: Page) => page.getByRole('region', { name: panel('label'), exact: true });
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).tap();

async function signInInArabic(context: BrowserContext, backend: Backend, account: Account): Promise<Page> {
  await backend.changeAccount(account, { language: 'ar' });
  await signIn(context, account.email);
  return context.newPage();
}

test('IV-01 an invitation is sent and taken, in Arabic by touch', async ({
  context,
  newContext,
  backend,
  organizer,
  competition,
}) => {
  const guest = await backend.signUp('PARTICIPANT');
  await backend.verifyEmail(guest);
  const theirs = await signInInArabic(await newContext(ON_A_PHONE), backend, guest);
  const page = await signInInArabic(context, backend, organizer);
  await page.goto(`/organize/${competition.id}/invitations`);
  await page.getByLabel(invitations('invite.emails')).fill(guest.email);
  await tap(page, invitations('invite.submit', { count: 1 }));
  await expect(page.getByText(invitations('invite.done', { count: 1 }))).toBeVisible();
  await expectToFit(page);

  const title = texts('mail', 'ar')('invited.title', { competition: isolate('ar', competition.title) });
  await expect.poll(() => backend.textsOf(guest, '/mailbox')).toContain(title);
  await theirs.goto('/mailbox');
  await theirs.getByRole('link').filter({ hasText: title }).tap();
  await theirs.getByRole('link', { name: texts('mailbox', 'ar')('viewInvitation') }).tap();
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText(competition.title);
  await expectToFit(theirs);
  await tap(theirs, texts('invitation', 'ar')('accept'));
  await theirs.waitForURL(`/competitions/${competition.id}`);
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

test('the seats and the waitlist of a card are in one line in Arabic', async ({ page, backend, organizer }) => {
  const competition = await backend.createCompetition(organizer, { capacity: 12 });
  await backend.registerPeople(competition, 15);
  await page.goto(`/competitions?search=${encodeURIComponent(competition.title)}`);
  const seats = page
    .getByRole('article')
    .filter({ hasText: competition.title })
    .locator('p')
    .filter({ hasText: texts('common', 'ar')('allSeatsTaken', { capacity: 12 }) });
  await expect(seats).toContainText(texts('catalog', 'ar')('card.waiting', { count: 3, who: 'PEOPLE' }));
  const lines = await seats.evaluate(
    (line) => line.clientHeight / Number.parseFloat(getComputedStyle(line).lineHeight),
  );
  expect(lines).toBeLessThan(1.5);
});
