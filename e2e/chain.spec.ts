import type { BrowserContext, Page } from '@playwright/test';
import { type Account, signIn } from './support/backend.js';
import {
  connectionStatus,
  openCompetition,
  panelButton,
  registeredHeading,
  registrationPanel,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const panel = texts('panel');
const applications = texts('applications');
const announcements = texts('announcements');
const acts = texts('acts');

const QUESTION = { id: 'why', kind: 'SHORT_TEXT', label: 'Why do you want to take part?', required: true };
const undoBar = (page: Page) => page.getByRole('region', { name: acts('label') });

test('AP-08 from applying to the seats: reviewed, accepted, confirmed or lapsed and promoted, written to, removed and undone', async ({
  page: organizing,
  context,
  newContext,
  backend,
}) => {
  test.setTimeout(120_000);
  const organizer = await backend.signUp('ORGANIZER');
  await backend.verifyEmail(organizer);
  const competition = await backend.createCompetition(organizer, {
    capacity: 3,
    admissionMode: 'APPROVAL',
    confirmWithinHours: 24,
    questions: [QUESTION],
  });
  const reviewers = [
    await backend.addStaff(organizer, competition.id, 'REVIEWER'),
    await backend.addStaff(organizer, competition.id, 'REVIEWER'),
  ];
  const pageOf = async (person: Account): Promise<Page> => {
    const own: BrowserContext = await newContext();
    await signIn(own, person.email);
    return own.newPage();
  };

  // Five apply, one of them on the page.
  const people: Account[] = [];
  for (let n = 0; n < 5; n++) people.push(await backend.signUp('PARTICIPANT'));
  const [ada, ben, lapsing, next, last] = people as [Account, Account, Account, Account, Account];
  const ofAda = await pageOf(ada);
  await openCompetition(ofAda, competition);
  await ofAda.getByRole('textbox', { name: QUESTION.label }).fill('To win.');
  await panelButton(ofAda, panel('action.apply')).click();
  await expect(registrationPanel(ofAda).getByRole('heading', { name: panel('mine.applied') })).toBeFocused();
  for (const person of [ben, lapsing, next, last])
    await backend.registerWithAnswers(person, competition.id, { why: 'For fun.' });

  // Two reviewers score everybody, with the keyboard.
  for (const [reviewer, scores] of [
    [reviewers[0]!, '55432'],
    [reviewers[1]!, '54431'],
  ] as const) {
    const reviewing = await pageOf(reviewer);
    await reviewing.goto(`/organize/${competition.id}/applications`);
    for (const [n, person] of people.entries()) {
      await reviewing.getByRole('button', { name: new RegExp(`^${person.name}`) }).click();
      await expect(reviewing.getByRole('heading', { name: person.name })).toBeVisible();
      await reviewing.keyboard.press(scores[n]!);
      await expect(reviewing.getByText(/· Saved$/)).toBeVisible();
    }
  }

  // The four best are accepted: three have to confirm, and one waits.
  await signIn(context, organizer.email);
  await organizing.goto(`/organize/${competition.id}/applications`);
  await organizing.getByRole('button', { name: applications('best.open') }).click();
  const best = organizing.getByRole('dialog', { name: applications('best.title') });
  await best.getByLabel(applications('best.number')).fill('4');
  await expect(best.getByRole('list', { name: applications('best.list') }).getByRole('listitem')).toHaveText(
    [ada, ben, lapsing, next].map(({ name }, n) => new RegExp(`${name}.*${n < 3 ? 'Seat to confirm' : 'Waitlist'}`)),
  );
  await best.getByRole('button', { name: 'Accept 4 people' }).click();
  await expect(best).toHaveCount(0);

  // Two confirm, the third lets the seat lapse, and the fourth is promoted and confirms.
  const ofNext = await pageOf(next);
  await openCompetition(ofNext, competition);
  await expect(connectionStatus(ofNext, 'Live')).toBeVisible();
  await panelButton(ofAda, panel('action.confirm')).click();
  await expect(registeredHeading(ofAda)).toBeVisible();
  await backend.confirm(ben, competition.id);
  await backend.endHoldIn(competition, lapsing, 1);
  await expect(registrationPanel(ofNext).getByRole('heading', { name: panel('mine.held') })).toBeVisible({
    timeout: 20_000,
  });
  await panelButton(ofNext, panel('action.confirm')).click();
  await expect(registeredHeading(ofNext)).toBeVisible();
  const ofLapsing = await pageOf(lapsing);
  await openCompetition(ofLapsing, competition);
  await expect(registrationPanel(ofLapsing).getByRole('heading', { name: panel('ended.EXPIRED') })).toBeVisible();

  // An announcement reaches those who have confirmed, and nobody else.
  await organizing.goto(`/organize/${competition.id}/announcements/new`);
  await organizing.getByLabel(announcements('form.subject')).fill('Doors open at nine');
  await organizing.getByLabel(announcements('form.body')).fill('See you, {{name}}.');
  await organizing.getByLabel(announcements('audience.some')).check();
  await organizing.getByRole('checkbox', { name: announcements('audience.SEATED'), exact: true }).check();
  await organizing.getByRole('button', { name: announcements('form.preview'), exact: true }).click();
  await organizing.getByRole('button', { name: announcements('preview.send', { count: 3 }) }).click();
  await expect(undoBar(organizing)).toBeVisible();
  await backend.setUndoTime(competition, 0);
  await expect(organizing.getByText(announcements('sent.progress', { written: 3, total: 3 }))).toBeVisible({
    timeout: 20_000,
  });
  const hasIt = async (person: Account) => (await backend.textsOf(person, '/mailbox')).includes('Doors open at nine');
  expect(await Promise.all(people.map(hasIt))).toEqual([true, true, false, true, false]);

  // The three are removed, and that is undone.
  await organizing.goto(`/organize/${competition.id}?show=seated`);
  await organizing.getByRole('checkbox', { name: 'Select all on this page' }).first().check();
  await organizing.getByRole('button', { name: 'Remove selected…' }).click();
  const removal = organizing.getByRole('dialog', { name: 'Remove 3 people?' });
  await removal.getByLabel('Reason').fill('By mistake');
  await removal.getByRole('button', { name: 'Remove 3 people' }).click();
  await expect(undoBar(organizing)).toContainText('Removing 3 people');
  await backend.setUndoTime(competition, 60);
  await undoBar(organizing)
    .getByRole('button', { name: acts('undo') })
    .click();
  await expect(organizing.getByText('Undone. Nobody was removed.')).toBeVisible();

  const states = await backend.registrations(organizer, competition.id);
  const statusOf = ({ name }: Account) => states.find((state) => state.name === name)?.status;
  expect(people.map(statusOf)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED', 'APPLIED']);
});
