import type { Page } from '@playwright/test';
import { expectReadable } from './support/accessibility.js';
import { signUpWithForm } from './support/account.js';
import { signIn, signInAsParticipant, unique } from './support/backend.js';
import {
  openCompetition,
  panelButton,
  pathOf,
  registeredHeading,
  visitorButton,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const SIZE = { id: 'size', kind: 'CHOICE', label: 'T-shirt size', required: true, options: ['S', 'M', 'L'] };
const TEAM = { id: 'team', kind: 'SHORT_TEXT', label: 'Team name', required: false };
const RULES = { id: 'rules', kind: 'CONSENT', label: 'I accept the rules', required: true };

test('questions are dragged to another place with the pointer', async ({ page, context, backend, organizer }) => {
  const builder = texts('questionBuilder');
  const competition = await backend.createCompetition(organizer, { questions: [SIZE, TEAM, RULES] });
  await signIn(context, organizer.email);
  await page.goto(`${pathOf(competition)}/edit`);
  const section = page.locator('#questions');
  const handles = section.locator('ol > li > div > button:first-child');
  const labels = [SIZE, TEAM, RULES].map(({ label }) => builder('drag', { label }));
  const expectOrder = async (order: readonly number[]) => {
    for (const [n, index] of order.entries()) await expect(handles.nth(n)).toHaveAccessibleName(labels[index]!);
  };
  await expectOrder([0, 1, 2]);
  await handles.nth(0).scrollIntoViewIfNeeded();
  const [from, to] = [(await handles.nth(0).boundingBox())!, (await handles.nth(2).boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, to.y + to.height, { steps: 12 });
  await page.mouse.up();
  await expectOrder([1, 2, 0]);
  // Released, it follows the pointer no more.
  await page.mouse.move(from.x, from.y, { steps: 4 });
  await expectOrder([1, 2, 0]);
  await section.getByRole('button', { name: texts('common')('save') }).click();
  await expect(section.getByText(texts('editing')('saved'), { exact: true })).toBeVisible();
  await page.reload();
  await expectOrder([1, 2, 0]);
});

test('people who registered before the first question answer it among their registrations', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const me = await signInAsParticipant(context, backend);
  await backend.register(me, competition.id);
  await backend.edit(organizer, competition, { questions: [TEAM] });
  const questions = texts('questions');
  await page.goto('/registrations');
  await openByKeyboard(page, questions('mine.title'));
  await page.getByRole('button', { name: questions('mine.change') }).click();
  await page.getByLabel(TEAM.label).fill('Rooks');
  await page.getByRole('button', { name: questions('mine.save') }).click();
  await expect(page.getByText(questions('mine.saved'))).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Rooks' })).toBeVisible();
});

for (const language of ['en', 'ar'] as const)
  test(`questions are written, moved, asked and answered with the keyboard alone, in ${language}`, async ({
    page,
    context,
    newContext,
    backend,
    organizer,
  }) => {
    const builder = texts('questionBuilder', language);
    const questions = texts('questions', language);
    const panel = texts('panel', language);
    await backend.changeAccount(organizer, { language });
    await signIn(context, organizer.email);
    const competition = await backend.createCompetition(organizer);
    const press = (key: string, times = 1) =>
      Array.from({ length: times }).reduce<Promise<void>>(
        (before) => before.then(() => page.keyboard.press(key)),
        Promise.resolve(),
      );
    await page.goto(`${pathOf(competition)}/edit`);
    const section = page.locator('#questions');
    const add = section.getByRole('button', { name: builder('add') });

    await add.focus();
    await press('Enter');
    await expect(section.getByLabel(builder('fields.label'), { exact: true })).toBeFocused();
    await page.keyboard.type('Team name');
    await add.focus();
    await press('Enter');
    await expect(section.getByLabel(builder('fields.label'), { exact: true })).toBeFocused();
    await page.keyboard.type('Size');
    await press('Tab');
    await section.getByLabel(builder('fields.kind')).selectOption('CHOICE');
    await press('Tab');
    await page.keyboard.type('S\nM');
    await section.getByLabel(builder('fields.required')).press('Space');
    await section.getByRole('button', { name: builder('drag', { label: 'Size' }), exact: true }).press('ArrowUp');
    await expect(section.getByRole('status').first()).toHaveText(
      builder('moved', { label: 'Size', position: 1, count: 2 }),
    );
    const handles = section.locator('ol > li > div > button:first-child');
    await expect(handles.first()).toBeFocused();
    await expect(handles.first()).toHaveAccessibleName(builder('drag', { label: 'Size' }));
    await expect(section.getByText(builder('effect.asksAgain'))).toBeVisible();
    await expect(section.getByRole('complementary').getByRole('radio', { name: 'S' })).toBeVisible();
    await expectReadable(page, 'question builder', language);
    await section.getByRole('button', { name: texts('common', language)('save') }).press('Enter');
    await expect(section.getByText(texts('editing', language)('saved'), { exact: true })).toBeVisible();

    const other = await newContext({ locale: language });
    const participant = await backend.signUp('PARTICIPANT');
    await backend.changeAccount(participant, { language });
    await signIn(other, participant.email);
    const form = await other.newPage();
    await openCompetition(form, competition);
    await form.getByRole('button', { name: panel('action.register'), exact: true }).press('Enter');
    // The first answer that is missing has the focus.
    await expect(form.getByRole('radio', { name: 'S', exact: true })).toBeFocused();
    await expect(form.getByText(texts('validation', language)('required'))).toBeVisible();
    await form.keyboard.press('ArrowDown');
    await expect(form.getByRole('radio', { name: 'M', exact: true })).toBeChecked();
    await form.keyboard.press('Tab');
    await form.keyboard.type('النسور');
    await expectReadable(form, 'questions in the panel', language);
    await form.getByRole('button', { name: panel('action.register'), exact: true }).press('Enter');
    await expect(form.getByRole('heading', { name: panel('mine.registered') })).toBeVisible();

    await form.goto('/registrations');
    await openByKeyboard(form, questions('mine.title'));
    await expect(form.getByRole('definition').filter({ hasText: 'النسور' })).toBeVisible();
    await form.getByRole('button', { name: questions('mine.change') }).press('Enter');
    await form.getByRole('radio', { name: 'M', exact: true }).press('ArrowUp');
    await form.getByRole('button', { name: questions('mine.save') }).press('Enter');
    await expect(form.getByText(questions('mine.saved'))).toBeVisible();
    await expect(form.getByRole('definition').filter({ hasText: /^S$/ })).toBeVisible();

    await page.goto(`/organize/${competition.id}`);
    await openByKeyboard(page, questions('staff.summary'));
    await page.getByRole('link', { name: /^S\s*1$|^S\s*١$/ }).press('Enter');
    await expect(page).toHaveURL(/answer=S/);
    await expect(page.getByText(participant.name, { exact: true })).toBeVisible();
  });

test('QU-01 a question becomes required while the form is open: what was entered stays, and the page says what is missing', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { questions: [SIZE, TEAM] });
  await signInAsParticipant(context, backend);
  await openCompetition(page, competition);
  await page.getByRole('radio', { name: 'M', exact: true }).check();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'M', exact: true })).toBeChecked();
  await backend.edit(organizer, competition, { questions: [SIZE, { ...TEAM, required: true }] });
  await panelButton(page).click();
  await expect(page.getByText(texts('questions')('changed'))).toBeVisible();
  await expect(page.getByRole('radio', { name: 'M', exact: true })).toBeChecked();
  await expect(page.getByText(texts('validation')('required'))).toBeVisible();
  await page.getByLabel('Team name').fill('Eagles');
  await panelButton(page).click();
  await expect(registeredHeading(page)).toBeVisible();
});

test('QU-01 questions that change before the press are announced, and what was entered stays', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { questions: [SIZE] });
  await signInAsParticipant(context, backend);
  await openCompetition(page, competition);
  await page.getByRole('radio', { name: 'M', exact: true }).check();
  await backend.edit(organizer, competition, { questions: [SIZE, { ...TEAM, required: true }] });
  await expect(page.getByText(texts('questions')('changed'))).toBeVisible();
  await expect(page.getByRole('radio', { name: 'M', exact: true })).toBeChecked();
  await page.getByLabel('Team name').fill('Eagles');
  await panelButton(page).click();
  await expect(registeredHeading(page)).toBeVisible();
});

test('a visitor answers, signs up, and is registered with the answers without pressing again', async ({
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { questions: [SIZE, RULES] });
  await openCompetition(page, competition);
  await visitorButton(page).click();
  await expect(page.getByText(texts('validation')('rule.consentNeeded'))).toBeVisible();
  await expect(page).toHaveURL(new RegExp(pathOf(competition)));
  await page.getByRole('radio', { name: 'L', exact: true }).check();
  await page.getByRole('checkbox', { name: 'I accept the rules' }).check();
  await visitorButton(page).click();
  await signUpWithForm(page);
  await expect(registeredHeading(page)).toBeVisible();
  await page
    .locator('summary')
    .filter({ hasText: texts('questions')('mine.title') })
    .click();
  await expect(page.getByRole('definition').filter({ hasText: /^L$/ })).toBeVisible();
  const [person] = await backend.registrations(organizer, competition.id);
  expect(person).toMatchObject({ answers: { size: 'L', rules: true } });
});

test('a new draft leads to its questions', async ({ page, context, organizer }) => {
  await signIn(context, organizer.email);
  await page.goto('/competitions/new');
  await page.getByLabel('Title').fill(unique('Cup'));
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('link', { name: 'Add questions' }).click();
  await page.waitForURL(/\/edit#questions$/);
  await expect(page.getByRole('heading', { name: 'Questions', exact: true })).toBeInViewport();
});

/** Until a part of the page that was streamed is shown, it cannot have the focus. `press` does not wait for that. */
async function openByKeyboard(page: Page, title: string): Promise<void> {
  const summary = page.locator('summary').filter({ hasText: title });
  await expect(summary).toBeVisible();
  await summary.press('Enter');
  await expect(summary.locator('..')).toHaveAttribute('open');
}
