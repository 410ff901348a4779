import type { Page } from '@playwright/test';
import { expectReadable } from './support/accessibility.js';
import { type Account, type Backend, type Competition, signIn } from './support/backend.js';
import { expect, test } from './support/test.js';

const rows = (page: Page) => page.getByRole('list', { name: 'Applications' }).getByRole('listitem');
const row = (page: Page, { name }: Pick<Account, 'name'>) => page.getByRole('button', { name: new RegExp(`^${name}`) });

/** Three seats, and as many people who have applied as there are scores; null for one without a review. */
async function withApplications(backend: Backend, organizer: Account, scores: readonly (number | null)[]) {
  const competition = await backend.createCompetition(organizer, { capacity: 3, admissionMode: 'APPROVAL' });
  const persons = await backend.registerPeople(competition, scores.length);
  for (const [n, score] of scores.entries())
    if (score !== null) await backend.review(organizer, competition, persons[n] as Account, score);
  return { competition, persons };
}

const open = (page: Page, { id }: Competition, query = '') => page.goto(`/organize/${id}/applications${query}`);

test('AP-02 a person applies, two reviewers score, the best are accepted, and a rejection is undone', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
}) => {
  const { competition, persons } = await withApplications(backend, organizer, [2, null, 5, 4]);
  const [weak, unseen, best, second] = persons as [Account, Account, Account, Account];

  // A reviewer reads and scores, with the keyboard alone, and sees what others think only then.
  const reviewer = await backend.addStaff(organizer, competition.id, 'REVIEWER');
  const reviewing = await newContext();
  await signIn(reviewing, reviewer.email);
  const theirs = await reviewing.newPage();
  await theirs.goto(`/organize/${competition.id}`);
  await theirs.waitForURL(/\/applications/);
  await expect(rows(theirs)).toHaveCount(4);
  await row(theirs, weak).click();
  await expect(theirs.getByRole('heading', { name: weak.name })).toBeVisible();
  await expect(theirs.getByText('You see what others think once you’ve given your score.')).toBeVisible();
  await theirs.keyboard.press('1');
  await expect(theirs.getByText('1.5 on average from 2 reviews')).toBeVisible();
  await theirs.keyboard.press('n');
  await theirs.getByLabel('Note').fill('Too vague');
  await theirs.getByRole('button', { name: 'Save note' }).click();
  await expect(theirs.getByText('Weak · Saved')).toBeVisible();
  await row(theirs, weak).focus();
  for (const [person, score] of [
    [unseen, null],
    [best, 5],
    [second, 4],
  ] as const) {
    await theirs.keyboard.press('j');
    await expect(row(theirs, person)).toBeFocused();
    await expect(theirs.getByRole('heading', { name: person.name })).toBeVisible();
    if (score) await theirs.keyboard.press(String(score));
    if (score) await expect(theirs.getByText(/· Saved$/)).toBeVisible();
  }

  // The organizer accepts the best, and reads before what it does, and to whom.
  await signIn(context, organizer.email);
  await open(page, competition);
  await page.getByRole('button', { name: 'Accept the best…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept the best' });
  await dialog.getByLabel('How many').fill('2');
  await expect(dialog.getByText('2 people get a seat.')).toBeVisible();
  await expect(dialog.getByText('2 people get a message. You can’t take this back.')).toBeVisible();
  const chosen = dialog.getByRole('list', { name: 'Who would be accepted, best first' });
  await expect(chosen.getByRole('listitem')).toHaveText([
    new RegExp(`${best.name}.*5.*Seat`),
    new RegExp(`${second.name}.*4.*Seat`),
  ]);
  await dialog.getByRole('button', { name: 'Accept 2 people' }).click();
  await expect(page.getByText('2 people have a seat')).toBeVisible();
  await expect(rows(page)).toHaveCount(2);

  // A rejection, from the keyboard, and its undo.
  await row(page, weak).focus();
  await page.keyboard.press('r');
  const rejection = page.getByRole('dialog', { name: `Reject ${weak.name}?` });
  await rejection.getByLabel('Reason').fill('Too vague');
  await rejection.getByRole('button', { name: 'Reject' }).click();
  await expect(rejection).toHaveCount(0);
  await expect(row(page, unseen)).toBeFocused();
  await page
    .getByRole('region', { name: 'Rejections that you can undo' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(page.getByText('The rejection is undone. No message was sent.')).toBeVisible();
  await expect(rows(page)).toHaveCount(2);

  await page.getByRole('link', { name: /^Accepted/ }).click();
  await page.waitForURL(/show=accepted/);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Applied 2/ })).toBeVisible();
});

test('AP-02 several are decided at once, and what was not decided is said person by person', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const { competition, persons } = await withApplications(backend, organizer, [null, null, null]);
  const [first, second] = persons as [Account, Account];
  await signIn(context, organizer.email);
  await open(page, competition);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(page.getByText('3 selected')).toBeVisible();
  await backend.decide(organizer, competition, second, 'REJECT');
  await page.getByRole('button', { name: 'Accept…' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Accept 3 people' }).click();
  const problems = page.getByRole('status').filter({ hasText: 'One decision wasn’t made' });
  await expect(problems.getByRole('listitem')).toHaveText(`${second.name}: Someone else has already decided.`);
  await expect(page.getByRole('heading', { name: 'Nothing to decide' })).toBeVisible();

  // Long after, a rejection can still be taken back.
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await page.getByRole('button', { name: 'Undo rejection' }).click();
  await expect(page.getByText(`${second.name} is undecided again.`)).toBeVisible();
  await expect(first.name).not.toBe(second.name);
});

test('AP-02 the inbox is readable in each appearance, and works on a phone', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const { competition, persons } = await withApplications(backend, organizer, [3, null]);
  const [first] = persons as [Account];
  await signIn(context, organizer.email);
  await open(page, competition);
  await expectReadable(page, 'inbox', 'en');
  await page.setViewportSize({ width: 375, height: 800 });
  await row(page, first).click();
  await expect(page.getByRole('heading', { name: first.name })).toBeFocused();
  await expect(rows(page)).toHaveCount(0);
  // It begins at the top of the screen, not below the filters of the list.
  const top = () => page.getByRole('article').evaluate((article) => article.getBoundingClientRect().top);
  await expect.poll(top).toBeLessThan(100);
  await expectReadable(page, 'an application', 'en');
  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(row(page, first)).toBeFocused();
  await page.getByRole('button', { name: 'Accept the best…' }).click();
  await expect(page.getByRole('dialog').getByText('1 person gets a seat.')).toBeVisible();
  await expectReadable(page, 'accepting the best', 'en');
});

test('AP-02 a reviewer reads what the applicant has answered', async ({ page, context, backend, organizer }) => {
  const why = { id: 'why', kind: 'LONG_TEXT', label: 'Why do you want to take part?', required: true };
  const competition = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL', questions: [why] });
  const applicant = await backend.signUp('PARTICIPANT');
  await backend.registerWithAnswers(applicant, competition.id, { why: 'To learn from the best.' });
  const reviewer = await backend.addStaff(organizer, competition.id, 'REVIEWER');
  await signIn(context, reviewer.email);
  await open(page, competition);
  const answers = page.getByRole('region', { name: 'Answers' });
  await expect(answers.getByText('Why do you want to take part?')).toBeVisible();
  await expect(answers.getByText('To learn from the best.')).toBeVisible();
});

test('AP-07 a reviewer filters the applications by an answer', async ({ page, context, backend, organizer }) => {
  const food = { id: 'food', kind: 'CHOICE', label: 'Your meal', required: true, options: ['Rice', 'Pasta'] };
  const competition = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL', questions: [food] });
  const [ada, ben] = [await backend.signUp('PARTICIPANT'), await backend.signUp('PARTICIPANT')];
  await backend.registerWithAnswers(ada, competition.id, { food: 'Rice' });
  await backend.registerWithAnswers(ben, competition.id, { food: 'Pasta' });
  const reviewer = await backend.addStaff(organizer, competition.id, 'REVIEWER');
  await signIn(context, reviewer.email);
  await open(page, competition);
  await expect(rows(page)).toHaveCount(2);
  await page.locator('summary').filter({ hasText: 'Answers' }).press('Enter');
  await page.getByRole('link', { name: 'Pasta 1' }).click();
  await page.waitForURL(/answer=Pasta/);
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, ben)).toBeVisible();
  await expectReadable(page, 'inbox filtered by an answer', 'en');
  await page.getByRole('searchbox', { name: 'Search by name' }).fill(ada.name);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('No matches')).toBeVisible();
  await page.getByRole('link', { name: 'Show everyone' }).click();
  await expect(row(page, ada)).toBeVisible();
});

test('the settings say who gets in, and lock it while somebody applies', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { startDate: null });
  await signIn(context, organizer.email);
  await page.goto(`/competitions/${competition.id}/edit`);
  const section = page.getByRole('region', { name: 'Who gets in' });
  await section.getByRole('radio', { name: /^By application/ }).check();
  await section.getByRole('button', { name: 'Save changes' }).click();
  await expect(section.getByText(/^The competition needs a start date/)).toBeVisible();
  const dates = page.getByRole('region', { name: 'Dates' });
  await dates.getByLabel('Date', { exact: true }).nth(2).fill('2099-12-01');
  await dates.getByLabel('Time', { exact: true }).nth(2).fill('10:00');
  await dates.getByRole('button', { name: 'Save changes' }).click();
  await expect(dates.getByText('Saved')).toBeVisible();
  await section.getByLabel(/^Hours to confirm a seat/).fill('48');
  await section.getByRole('button', { name: 'Save changes' }).click();
  await expect(section.getByText('Saved')).toBeVisible();

  await backend.registerPeople(competition, 1);
  await page.reload();
  await expect(section.getByRole('radio', { name: /^First come/ })).toBeDisabled();
  await expect(
    section.getByText('You can’t change this while one person is registered, waiting or applying.'),
  ).toBeVisible();
  const participants = page.getByRole('region', { name: 'Individuals or teams' });
  const locked = 'You can’t change this anymore, because people have registered.';
  await expect(participants.getByText(locked, { exact: true })).toBeVisible();
  const save = participants.getByRole('button', { name: 'Save changes' });
  await expect(save).toHaveAttribute('aria-disabled', 'true');
  await page.goto('/competitions');
  await page.getByRole('searchbox').first().fill(competition.title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article').filter({ hasText: competition.title })).toContainText('Applications open');
});
