import { inDays, signIn } from './support/backend.js';
import {
  connectionStatus,
  expectPanel,
  openCompetition,
  panelButton,
  pathOf,
  registeredHeading,
  registrationPanel,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const panel = texts('panel');
const registrations = texts('registrations');

test('who moves up from the waitlist sees the hold at once, and confirms it', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1, confirmWithinHours: 24 });
  const [seated, me] = await backend.registerPeople(competition, 2);
  await signIn(context, me!.email);
  await openCompetition(page, competition);
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  await expect(registrationPanel(page)).toContainText(panel('mine.waitingHold'));
  await backend.leave(seated!, competition.id);
  await expect(registrationPanel(page).getByRole('heading', { name: panel('mine.held') })).toBeVisible();
  await expect(registrationPanel(page).getByRole('timer').first()).toContainText(/23 h 59 min|24 h|1 day/);
  await expect(page.getByRole('status').getByText('A seat is held for you. Confirm it in time.')).toBeAttached();

  // With the keyboard alone.
  await panelButton(page, panel('action.confirm')).focus();
  await page.keyboard.press('Enter');
  await expect(registeredHeading(page)).toBeFocused();
  await expect(panelButton(page, panel('action.confirm'))).toHaveCount(0);
  await page.goto('/mailbox');
  await expect(page.getByRole('link', { name: new RegExp(`Confirm your seat: ${competition.title}`) })).toBeVisible();
});

test('a hold that is not confirmed ends while the page is open, and the next person gets it', async ({
  page,
  context,
  backend,
  organizer,
  newContext,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1, confirmWithinHours: 24 });
  const [seated, me, next] = await backend.registerPeople(competition, 3);
  await backend.leave(seated!, competition.id);
  await signIn(context, me!.email);
  await openCompetition(page, competition);
  const other = await newContext();
  await signIn(other, next!.email);
  const nextPage = await other.newPage();
  await openCompetition(nextPage, competition);
  for (const each of [page, nextPage]) await expect(connectionStatus(each, 'Live')).toBeVisible();

  await backend.endHoldIn(competition, me!, 4);
  await expect(registrationPanel(page)).toContainText(panel('mine.heldOver'), { timeout: 20_000 });
  await expect(panelButton(page, panel('action.confirm'))).toHaveAttribute('aria-disabled', 'true');
  await expect(registrationPanel(page).getByRole('heading', { name: panel('ended.EXPIRED') })).toBeVisible({
    timeout: 20_000,
  });
  await expect(registrationPanel(nextPage).getByRole('heading', { name: panel('mine.held') })).toBeVisible();
  // The panel offers what is left.
  await expect(panelButton(page, panel('action.join'))).toBeEnabled();
});

test('an application is accepted and confirmed in the own registrations', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, {
    admissionMode: 'APPROVAL',
    confirmWithinHours: 24,
    decisionsBy: inDays(2),
  });
  const me = await backend.signUp('PARTICIPANT');
  await signIn(context, me.email);
  await openCompetition(page, competition);
  await expect(registrationPanel(page)).toContainText('The organizer decides who takes part. You’ll hear by');
  await panelButton(page, panel('action.apply')).click();
  await expect(registrationPanel(page).getByRole('heading', { name: panel('mine.applied') })).toBeFocused();
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  await backend.decide(organizer, competition, me, 'ACCEPT');
  await expect(panelButton(page, panel('action.confirm'))).toBeEnabled();

  await page.goto('/registrations');
  const confirm = page.getByRole('button', { name: registrations('card.confirmLabel', { title: competition.title }) });
  const held = page.getByRole('region', { name: registrations('held') });
  await expect(held).toContainText(registrations('card.taken', { taken: 1, capacity: 5 }));
  await expect(held).not.toContainText(/you registered/i);
  await confirm.click();
  await expect(page.getByText(registrations('card.registered'), { exact: false }).first()).toBeVisible();
  await expect(confirm).toHaveCount(0);
  await page.goto(pathOf(competition));
  await expect(registeredHeading(page)).toBeVisible();
});

test('a rejected applicant reads so, and has nothing to press', async ({ page, context, backend, organizer }) => {
  const competition = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL' });
  const [me] = await backend.registerPeople(competition, 1);
  await signIn(context, me!.email);
  await openCompetition(page, competition);
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  await backend.decide(organizer, competition, me!, 'REJECT');
  await expect(registrationPanel(page).getByRole('heading', { name: panel('ended.REJECTED') })).toBeVisible();
  await expectPanel(page, 'rejected', { texts: [panel('ended.rejectedText')] });
});

test('R25 an applicant who is rejected before the event stream has begun reads so', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL' });
  const [me] = await backend.registerPeople(competition, 1);
  await signIn(context, me!.email);
  let decide = () => {};
  const isDecided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  await page.route(/\/events$/, async (route) => {
    await isDecided;
    await route.continue();
  });
  await openCompetition(page, competition);
  await expect(registrationPanel(page).getByRole('heading', { name: panel('mine.applied') })).toBeVisible();
  await backend.decide(organizer, competition, me!, 'REJECT');
  decide();
  await expect(registrationPanel(page).getByRole('heading', { name: panel('ended.REJECTED') })).toBeVisible();
});

test('withdrawing an application and declining a seat are called so', async ({ page, context, backend, organizer }) => {
  const applied = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL' });
  const held = await backend.createCompetition(organizer, { capacity: 1, confirmWithinHours: 24 });
  const [seated, me] = await backend.registerPeople(held, 2);
  await backend.leave(seated!, held.id);
  await backend.register(me!, applied.id);
  await signIn(context, me!.email);
  await openCompetition(page, applied);
  await expectPanel(page, 'applied', { texts: [panel('mine.applied'), panel('mine.appliedText')] });
  await panelButton(page, panel('mine.withdraw')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: registrations('leave.confirm.application') })
    .click();
  await expect(registrationPanel(page)).toContainText(panel('status.left.application'));
  await openCompetition(page, held);
  await expectPanel(page, 'held', {
    texts: [panel('mine.held'), panel('mine.timeLeft'), panel('seats.heldDot')],
    enabledButton: panel('action.confirm'),
  });
  await panelButton(page, panel('mine.decline')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: registrations('leave.confirm.hold') })
    .click();
  await expect(registrationPanel(page)).toContainText(panel('status.left.hold'));
});
