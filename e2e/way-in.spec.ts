import type { Page } from '@playwright/test';
import { signInWithForm, signUpWithForm } from './support/account.js';
import { type Competition, inDays } from './support/backend.js';
import {
  connectionStatus,
  openCompetition,
  panelButton,
  pathOf,
  registeredHeading,
  registrationPanel,
  visitorButton,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

/** Requests to register that the page sends, retries included. */
function countRegisterRequests(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/register')) count++;
  });
  return () => count;
}

/** The visitor presses the button, and is asked for an account with the competition in view. */
async function pressAsVisitor(page: Page, competition: Competition, button?: string): Promise<void> {
  await openCompetition(page, competition);
  await visitorButton(page, button).click();
  await expect(page).toHaveURL(`/sign-up?next=${encodeURIComponent(pathOf(competition))}`);
  await expect(page.getByRole('region', { name: 'You’re registering for' })).toContainText(competition.title);
}

const changedNotice = (page: Page, text: string) =>
  registrationPanel(page).getByRole('alert').filter({ hasText: text });

test.describe('U11 a visitor who presses Register', () => {
  test('creates an account without being asked for a role, and is registered by that press', async ({
    page,
    backend,
    organizer,
    competition,
  }) => {
    const requests = countRegisterRequests(page);
    await pressAsVisitor(page, competition);
    await expect(page.getByRole('radio', { name: /Organize/ })).toHaveCount(0);
    const { name } = await signUpWithForm(page);
    await expect(page).toHaveURL(pathOf(competition));
    await expect(registeredHeading(page)).toBeVisible();
    expect(requests()).toBe(1);
    await page.reload();
    await expect(registeredHeading(page)).toBeVisible();
    expect(requests()).toBe(1);
    expect((await backend.registrations(organizer, competition.id)).map((one) => one.name)).toEqual([name]);
  });

  test('signs in to an existing account, with the competition in view, and is registered by that press', async ({
    page,
    backend,
    organizer,
    competition,
  }) => {
    const { email, name } = await backend.signUp('PARTICIPANT');
    const requests = countRegisterRequests(page);
    await pressAsVisitor(page, competition);
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'You’re registering for' })).toContainText(competition.title);
    await signInWithForm(page, email);
    await expect(registeredHeading(page)).toBeVisible();
    expect(requests()).toBe(1);
    expect((await backend.registrations(organizer, competition.id)).map((one) => one.name)).toEqual([name]);
  });

  test('is asked once more when the last seat was taken meanwhile', async ({ page, backend, organizer }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    const requests = countRegisterRequests(page);
    await pressAsVisitor(page, competition);
    await backend.registerPeople(competition, 1);
    await signUpWithForm(page);
    await expect(changedNotice(page, 'All seats were taken while you were signing in.')).toBeVisible();
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    expect(requests()).toBe(0);
    await panelButton(page, 'Join the waitlist').click();
    await expect(registrationPanel(page).getByRole('heading', { name: 'You’re #1 on the waitlist' })).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toHaveLength(2);
  });

  test('is asked once more when the date was changed meanwhile', async ({ page, backend, organizer, competition }) => {
    const requests = countRegisterRequests(page);
    await pressAsVisitor(page, competition);
    await backend.edit(organizer, competition, { startDate: inDays(9) });
    await signUpWithForm(page);
    await expect(changedNotice(page, 'The date or place changed while you were signing in.')).toBeVisible();
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    expect(requests()).toBe(0);
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
    expect(await backend.registrations(organizer, competition.id)).toHaveLength(1);
  });

  test('is asked once more when a seat became free after they pressed Join the waitlist', async ({
    page,
    backend,
    organizer,
  }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    const [seated] = await backend.registerPeople(competition, 1);
    await pressAsVisitor(page, competition, 'Join the waitlist');
    await backend.leave(seated!, competition.id);
    await signUpWithForm(page);
    await expect(changedNotice(page, 'A seat is free now.')).toBeVisible();
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
  });

  test('is not registered with the account of an organizer', async ({ page, backend, organizer, competition }) => {
    const other = await backend.signUp('ORGANIZER');
    const requests = countRegisterRequests(page);
    await pressAsVisitor(page, competition);
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await signInWithForm(page, other.email);
    await expect(registrationPanel(page)).toContainText('To register, use a participant account.');
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    expect(requests()).toBe(0);
    expect(await backend.registrations(organizer, competition.id)).toEqual([]);
  });
});

test('U11 a link from elsewhere through sign-up registers nobody', async ({
  page,
  backend,
  organizer,
  competition,
}) => {
  const requests = countRegisterRequests(page);
  await page.goto(`/sign-up?next=${encodeURIComponent(pathOf(competition))}`);
  await signUpWithForm(page);
  await expect(panelButton(page)).toBeEnabled();
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  expect(requests()).toBe(0);
  expect(await backend.registrations(organizer, competition.id)).toEqual([]);
});

test('U18 the sign-up form says everything that is missing at once, in words for people', async ({ page }) => {
  await page.goto('/sign-up');
  const submit = page.getByRole('button', { name: 'Create account' });
  await submit.click();
  await expect(page.getByRole('alert').filter({ hasText: '3 fields need your attention' })).toBeVisible();
  for (const label of ['Name', 'Email', 'Password'])
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription('This field is required.');
  await page.getByLabel('Email').fill('pia@nowhere');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await submit.click();
  const problems = { Name: 'This field is required.', Email: /Enter an email address like/, Password: /at least 8/ };
  for (const [label, problem] of Object.entries(problems))
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(problem);
  await expect(page).toHaveURL('/sign-up');
});
