import { inDays, signIn, signInAsParticipant } from './support/backend.js';
import {
  connectionStatus,
  expectPanel,
  openCompetition,
  panelButton,
  registrationPanel,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test.describe('for a participant, by dates and seats', () => {
  test.beforeEach(({ context, backend }) => signInAsParticipant(context, backend));

  test('before registration opens, the button is disabled and a countdown is shown', async ({
    page,
    backend,
    organizer,
  }) => {
    await openCompetition(page, await backend.createCompetition(organizer, { regOpensAt: inDays(1) }));
    await expectPanel(page, 'before registration opens', {
      texts: [
        'Opens later',
        /Registration opens in\s+(1 day|23 h)/,
        'of 5 seats left',
        'The button activates automatically when registration opens.',
      ],
      inactiveButton: 'Register',
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
      texts: ['Full', 'All 2 seats taken', 'This competition has no waitlist.'],
      inactiveButton: 'No seats left',
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
      texts: ['Full, waitlist open', 'The seat is taken', 'You’d be first on the waitlist.'],
      enabledButton: 'Join the waitlist',
    });
    await backend.registerPeople(competition, 2);
    await expect(registrationPanel(page)).toContainText('You’d be #3 on the waitlist.');
    await expect(registrationPanel(page)).toContainText('2 people are on the waitlist');
  });

  test('after the deadline, there is no button', async ({ page, backend, organizer, competition }) => {
    await backend.edit(organizer, competition, { regDeadline: inDays(-1) });
    await openCompetition(page, competition);
    await expectPanel(page, 'closed', { texts: ['Closed', 'of 5 seats stayed free', /Registration closed \w+/] });
  });

  test('after it has taken place, the panel says so', async ({ page, backend, organizer, competition }) => {
    await backend.registerPeople(competition, 2);
    const dates = { regDeadline: inDays(-3), startDate: inDays(-2), endDate: inDays(-1) };
    await backend.edit(organizer, competition, dates);
    await openCompetition(page, competition);
    await expectPanel(page, 'past', { texts: ['Took place', '2 people were registered'] });
    await expect(registrationPanel(page)).not.toContainText('stayed free');
    await expect(registrationPanel(page)).not.toContainText('Registration closed');
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
    await expectPanel(page, 'canceled', { texts: ['Canceled', /The organizer canceled this competition on \d/] });
  });
});

test.describe('by role and registration of the viewer', () => {
  test('without a session, it links to sign-in in every state', async ({ page, backend, organizer, competition }) => {
    await openCompetition(page, competition);
    await expectPanel(page, 'signed out, open', { texts: ['Open'], links: ['Register', 'Sign in'] });

    const full = await backend.createCompetition(organizer, { capacity: 1 });
    await backend.registerPeople(full, 1);
    await openCompetition(page, full);
    await expectPanel(page, 'signed out, full', {
      texts: ['Full, waitlist open'],
      links: ['Join the waitlist', 'Sign in'],
    });

    await openCompetition(page, await backend.createCompetition(organizer, { regOpensAt: inDays(1) }));
    await expectPanel(page, 'signed out, before registration opens', {
      texts: ['Opens later', 'Sign in before it opens so you’re ready.'],
      links: ['Register', 'Sign in'],
    });
  });

  test('a participant who was registered reads so after it has taken place, and has nothing to leave', async ({
    page,
    context,
    backend,
    organizer,
    competition,
  }) => {
    const me = await signInAsParticipant(context, backend);
    await backend.register(me, competition.id);
    const dates = { regDeadline: inDays(-3), startDate: inDays(-2), endDate: inDays(-1) };
    await backend.edit(organizer, competition, dates);
    await openCompetition(page, competition);
    await expectPanel(page, 'registered, past', { texts: ['Took place', 'You were registered'] });
    await expect(registrationPanel(page)).not.toContainText('Your seat is confirmed');
  });

  test('the organizer gets links to manage the competition', async ({ page, context, organizer, competition }) => {
    await signIn(context, organizer.email);
    await openCompetition(page, competition);
    await expectPanel(page, 'its organizer', { texts: ['Open'], links: ['Manage', 'Edit'] });
  });

  test('another organizer reads why there is no button', async ({ page, context, backend, competition }) => {
    await signIn(context, (await backend.signUp('ORGANIZER')).email);
    await openCompetition(page, competition);
    await expectPanel(page, 'another organizer', { texts: ['To register, use a participant account.'] });
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
    await expect(registrationPanel(page)).toContainText('Your seat is confirmed.');
    await expectPanel(page, 'registered', {
      texts: ['You’re in', 'The seat with the dot is yours', 'of 5 seats left'],
      menus: ['Add to calendar'],
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
      texts: [
        'Full, waitlist open',
        'You’re #2 on the waitlist',
        '2 people are on the waitlist · 1 person is ahead of you',
      ],
    });
    await backend.leave(waitlistedBefore!, competition.id);
    await expect(registrationPanel(page)).toContainText('You’re #1 on the waitlist');
    await backend.leave(seated!, competition.id);
    await expectPanel(page, 'promoted', {
      texts: ['You’re in', 'A seat opened up, and it’s yours.'],
      menus: ['Add to calendar'],
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
      texts: ['Closed', 'You’re #1 on the waitlist', 'the waitlist no longer moves'],
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
      texts: ['You’ve left', 'Your seat has been given up.'],
      enabledButton: 'Register',
    });
  });
});
