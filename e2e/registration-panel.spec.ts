import { inDays, signIn, signInAsParticipant } from './support/backend.js';
import {
  connectionStatus,
  expectPanel,
  openCompetition,
  panelButton,
  registrationPanel,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

// The tests of this file share no data.
test.describe.configure({ mode: 'parallel' });

test.describe('for a participant, by dates and seats', () => {
  test.beforeEach(({ context, backend }) => signInAsParticipant(context, backend));

  test('before registration opens, the button is disabled and a countdown is shown', async ({
    page,
    backend,
    organizer,
  }) => {
    await openCompetition(page, await backend.createCompetition(organizer, { regOpensAt: inDays(1) }));
    await expectPanel(page, 'before registration opens', {
      texts: ['Opens later', /Registration opens in\s+(1 day|23 h)/, 'of 5 seats left', 'wakes up by itself'],
      disabledButton: 'Register',
    });
  });

  test('while registration is open, the button is enabled', async ({ page, competition }) => {
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expectPanel(page, 'open', {
      texts: ['Open', 'of 5 seats left', /Registration closes in\s+[45] days/, 'Live'],
      enabledButton: 'Register',
    });
  });

  test('when few seats are left, the panel says so', async ({ page, backend, organizer }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 2 });
    await backend.registerPeople(competition, 1);
    await openCompetition(page, competition);
    await expectPanel(page, 'almost full', { texts: ['Almost full', 'of 2 seats left'], enabledButton: 'Register' });
  });

  test('full without a waitlist, the button is disabled until a person leaves', async ({
    page,
    backend,
    organizer,
  }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 2, waitlist: false });
    const [first] = await backend.registerPeople(competition, 2);
    await openCompetition(page, competition);
    await expectPanel(page, 'full without a waitlist', {
      texts: ['Full', 'All 2 seats taken', 'There is no waiting list.'],
      disabledButton: 'No seat left',
    });
    await backend.leave(first!, competition.id);
    await expect(panelButton(page)).toBeEnabled();
  });

  test('full with a waitlist, the panel offers to join it and shows the position', async ({
    page,
    backend,
    organizer,
  }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    await backend.registerPeople(competition, 1);
    await openCompetition(page, competition);
    await expectPanel(page, 'full with a waitlist', {
      texts: ['Full, line open', 'The seat is taken', 'You would be the first in line.'],
      enabledButton: 'Join the line',
    });
    await backend.registerPeople(competition, 2);
    await expect(registrationPanel(page)).toContainText('You would be number 3.');
    await expect(registrationPanel(page)).toContainText('2 people wait in line');
  });

  test('after the deadline, there is no button', async ({ page, backend, organizer, competition }) => {
    await backend.edit(organizer, competition, { regDeadline: inDays(-1) });
    await openCompetition(page, competition);
    await expectPanel(page, 'closed', { texts: ['Closed', 'of 5 seats stayed free', /Registration closed \w+/] });
  });

  test('when the competition is canceled while the page is open, the panel says so', async ({
    page,
    backend,
    organizer,
    competition,
  }) => {
    await backend.registerPeople(competition, 1);
    await openCompetition(page, competition);
    await expect(panelButton(page)).toBeEnabled();
    await backend.cancel(organizer, competition.id);
    await expectPanel(page, 'canceled', { texts: ['Cancelled', 'It will not take place'] });
  });
});

test.describe('by role and registration of the viewer', () => {
  test('without a session, it links to sign-in in every state', async ({ page, backend, organizer, competition }) => {
    await openCompetition(page, competition);
    await expectPanel(page, 'signed out, open', { texts: ['Open'], links: ['Sign in to register'] });

    const full = await backend.createCompetition(organizer, { capacity: 1 });
    await backend.registerPeople(full, 1);
    await openCompetition(page, full);
    await expectPanel(page, 'signed out, full', { texts: ['Full, line open'], links: ['Sign in to join the line'] });

    await openCompetition(page, await backend.createCompetition(organizer, { regOpensAt: inDays(1) }));
    await expectPanel(page, 'signed out, before registration opens', {
      texts: ['Opens later', 'Sign in before it opens, so that one press is enough.'],
      disabledButton: 'Register',
      links: ['Sign in'],
    });
  });

  test('the organizer gets links to manage the competition', async ({ page, context, organizer, competition }) => {
    await signIn(context, organizer.email);
    await openCompetition(page, competition);
    await expectPanel(page, 'its organizer', { texts: ['Open'], links: ['Who is in', 'Edit'] });
  });

  test('another organizer reads why there is no button', async ({ page, context, backend, competition }) => {
    await signIn(context, (await backend.signUp('ORGANIZER')).email);
    await openCompetition(page, competition);
    await expectPanel(page, 'another organizer', { texts: ['Registering takes a participant’s account.'] });
  });

  test('a registered participant sees the registration and no button to register', async ({
    page,
    context,
    backend,
    competition,
  }) => {
    const me = await signInAsParticipant(context, backend);
    await backend.register(me, competition.id);
    await openCompetition(page, competition);
    await expect(registrationPanel(page)).toContainText('The confirmation is in your mailbox.');
    await expectPanel(page, 'registered', {
      texts: ['You are in', 'The one with the dot is yours', 'of 5 seats left'],
      links: ['Add to calendar'],
    });
  });

  test('a waitlisted participant sees the position change and the promotion, with its reason', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    const me = await signInAsParticipant(context, backend);
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    const [seated, waitlistedBefore] = await backend.registerPeople(competition, 2);
    await backend.register(me, competition.id, true);
    await openCompetition(page, competition);
    await expectPanel(page, 'waitlisted', {
      texts: ['Full, line open', 'You are number 2 in line', '2 people wait in line, 1 before you'],
    });
    await backend.leave(waitlistedBefore!, competition.id);
    await expect(registrationPanel(page)).toContainText('You are number 1 in line');
    await backend.leave(seated!, competition.id);
    await expectPanel(page, 'promoted', {
      texts: ['You are in', 'A seat became free and it is yours.'],
      links: ['Add to calendar'],
    });
  });

  test('a participant who is waitlisted at the deadline reads that there are no more promotions', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    const me = await signInAsParticipant(context, backend);
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    await backend.registerPeople(competition, 1);
    await backend.register(me, competition.id, true);
    await backend.edit(organizer, competition, { regDeadline: inDays(-1) });
    await openCompetition(page, competition);
    await expectPanel(page, 'waitlisted when closed', {
      texts: ['Closed', 'You are number 1 in line', 'nobody moves up any more'],
    });
  });

  test('a participant who leaves on the page gets a notice and can register again', async ({
    page,
    context,
    backend,
    competition,
  }) => {
    const me = await signInAsParticipant(context, backend);
    await backend.register(me, competition.id);
    await openCompetition(page, competition);
    await panelButton(page, 'Leave').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expectPanel(page, 'left', {
      texts: ['You have left', 'Your place has been given back.'],
      enabledButton: 'Register',
    });
  });
});
