import type { Page } from '@playwright/test';
import { expectGate, gateOf } from './support/gate.js';
import { type Account, type House, inDays, inSeconds, signIn } from './support/house.js';
import { expect, inEachLook, test } from './support/test.js';

// Each stands for itself: nothing is made before them that they share.
test.describe.configure({ mode: 'parallel' });

const entrance = (page: Page, name = 'Register') => gateOf(page).getByRole('button', { name, exact: true });
const connection = (page: Page, words: string) => gateOf(page).getByRole('status').getByText(words, { exact: true });

async function open(page: Page, { id }: { id: string }): Promise<void> {
  await page.goto(`/competitions/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function participant(page: Page, house: House): Promise<Account> {
  const me = await house.signUp('PARTICIPANT');
  await signIn(page.context(), me.email);
  return me;
}

async function fill(house: House, { id }: { id: string }, people: number): Promise<Account[]> {
  const accounts = await Promise.all(Array.from({ length: people }, () => house.signUp('PARTICIPANT')));
  for (const person of accounts) await house.register(person, id, true);
  return accounts;
}

/** Every key a press went out with, and what becomes of the request. */
async function watchRegister(page: Page, answer: Parameters<Page['route']>[1]): Promise<Set<string | undefined>> {
  const keys = new Set<string | undefined>();
  await page.route('**/register', (route, request) => {
    keys.add(request.headers()['idempotency-key']);
    return answer(route, request);
  });
  return keys;
}

function later(): { promise: Promise<void>; now: () => void } {
  let now = () => {};
  const promise = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { promise, now };
}

test.describe('by its dates and seats, to somebody who may take part', () => {
  test('before the opening the button sleeps and the time is counted down', async ({ page, house }) => {
    await participant(page, house);
    await open(page, await house.aCompetition(await house.signUp('ORGANIZER'), { regOpensAt: inDays(1) }));
    await expectGate(page, 'before the opening', {
      says: ['Opens later', /Registration opens in\s+(1 day|23 h)/, 'of 5 seats left', 'wakes up by itself'],
      withholds: 'Register',
    });
  });

  test('open, the button can be pressed', async ({ page, house }) => {
    await participant(page, house);
    await open(page, await house.aCompetition(await house.signUp('ORGANIZER')));
    await expect(connection(page, 'Live')).toBeVisible();
    await expectGate(page, 'open', {
      says: ['Open', 'of 5 seats left', /Registration closes in\s+[45] days/, 'Live'],
      offers: 'Register',
    });
  });

  test('almost full, it says so', async ({ page, house }) => {
    await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'), { capacity: 2 });
    await fill(house, competition, 1);
    await open(page, competition);
    await expectGate(page, 'almost full', { says: ['Almost full', 'of 2 seats left'], offers: 'Register' });
  });

  test('full without a line, there is nothing to press, until somebody leaves', async ({ page, house }) => {
    await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'), { capacity: 2, waitlist: false });
    const [first] = await fill(house, competition, 2);
    await open(page, competition);
    await expectGate(page, 'full without a line', {
      says: ['Full', 'All 2 seats taken', 'There is no waiting list.'],
      withholds: 'No seat left',
    });
    await house.leave(first!, competition.id);
    await expect(entrance(page)).toBeEnabled();
  });

  test('full with a line, one may join it and knows as which number', async ({ page, house }) => {
    await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'), { capacity: 1 });
    await fill(house, competition, 1);
    await open(page, competition);
    await expectGate(page, 'full with a line', {
      says: ['Full, line open', 'The seat is taken', 'You would be the first in line.'],
      offers: 'Join the line',
    });
    await fill(house, competition, 2);
    await expect(gateOf(page)).toContainText('You would be number 3.');
    await expect(gateOf(page)).toContainText('2 people wait in line');
  });

  test('closed, nothing can be pressed', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    const competition = await house.aCompetition(organizer);
    await house.edit(organizer, competition, { regDeadline: inDays(-1) });
    await open(page, competition);
    await expectGate(page, 'closed', { says: ['Closed', 'of 5 seats stayed free', /Registration closed \w+/] });
  });

  test('cancelled while one looks, it will not take place', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    const competition = await house.aCompetition(organizer);
    await fill(house, competition, 1);
    await open(page, competition);
    await expect(entrance(page)).toBeEnabled();
    await house.cancel(organizer, competition.id);
    await expectGate(page, 'cancelled', { says: ['Cancelled', 'It will not take place'] });
  });
});

test.describe('by who looks', () => {
  test('signed out, each state leads to signing in', async ({ page, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await open(page, await house.aCompetition(organizer));
    await expectGate(page, 'signed out, open', { says: ['Open'], links: ['Sign in to register'] });

    const full = await house.aCompetition(organizer, { capacity: 1 });
    await fill(house, full, 1);
    await open(page, full);
    await expectGate(page, 'signed out, full', { says: ['Full, line open'], links: ['Sign in to join the line'] });

    await open(page, await house.aCompetition(organizer, { regOpensAt: inDays(1) }));
    await expectGate(page, 'signed out, before the opening', {
      says: ['Opens later', 'Sign in before it opens, so that one press is enough.'],
      withholds: 'Register',
      links: ['Sign in'],
    });
  });

  test('who organizes it manages it instead', async ({ page, context, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await signIn(context, organizer.email);
    await open(page, await house.aCompetition(organizer));
    await expectGate(page, 'its organizer', { says: ['Open'], links: ['Who is in', 'Edit'] });
  });

  test('another organizer reads why there is no button', async ({ page, context, house }) => {
    const [organizer, other] = [await house.signUp('ORGANIZER'), await house.signUp('ORGANIZER')];
    await signIn(context, other.email);
    await open(page, await house.aCompetition(organizer));
    await expectGate(page, 'another organizer', { says: ['Registering takes a participant’s account.'] });
  });

  test('who is in sees it, and no button to get in again', async ({ page, house }) => {
    const me = await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'));
    await house.register(me, competition.id);
    await open(page, competition);
    await expect(gateOf(page)).toContainText('The confirmation is in your mailbox.');
    await expectGate(page, 'already in', {
      says: ['You are in', 'The one with the dot is yours', 'of 5 seats left'],
      links: ['Add to calendar'],
    });
  });

  test('who waits sees the place move, is let in while looking, and reads why', async ({ page, house }) => {
    const me = await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'), { capacity: 1 });
    const [seated, before] = await fill(house, competition, 2);
    await house.register(me, competition.id, true);
    await open(page, competition);
    await expectGate(page, 'waiting', {
      says: ['Full, line open', 'You are number 2 in line', '2 people wait in line, 1 before you'],
    });
    await house.leave(before!, competition.id);
    await expect(gateOf(page)).toContainText('You are number 1 in line');
    await house.leave(seated!, competition.id);
    await expectGate(page, 'promoted', {
      says: ['You are in', 'A seat became free and it is yours.'],
      links: ['Add to calendar'],
    });
  });

  test('who still waits when it closes reads that nobody moves up any more', async ({ page, house }) => {
    const me = await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    const competition = await house.aCompetition(organizer, { capacity: 1 });
    await fill(house, competition, 1);
    await house.register(me, competition.id, true);
    await house.edit(organizer, competition, { regDeadline: inDays(-1) });
    await open(page, competition);
    await expectGate(page, 'waiting when closed', {
      says: ['Closed', 'You are number 1 in line', 'nobody moves up any more'],
    });
  });

  test('who leaves on the page reads it and may register again', async ({ page, house }) => {
    const me = await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'));
    await house.register(me, competition.id);
    await open(page, competition);
    await entrance(page, 'Leave').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await expectGate(page, 'left', { says: ['You have left', 'Your place has been given back.'], offers: 'Register' });
  });
});

test.describe('by the clock', () => {
  test('the button wakes up at the opening by itself, and that press counts', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    await open(page, await house.aCompetition(organizer, { regOpensAt: inSeconds(6) }));
    await expect(entrance(page)).toBeDisabled();
    await expect(gateOf(page)).toContainText(/Registration opens in\s*[1-6] s/);
    await expect(entrance(page)).toBeEnabled();
    await entrance(page).click();
    await expect(gateOf(page).getByRole('heading', { name: 'You are in' })).toBeVisible();
  });

  test('the button ends at the deadline by itself', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    await open(page, await house.aCompetition(organizer, { regDeadline: inSeconds(6) }));
    await expect(entrance(page)).toBeEnabled();
    await expect(gateOf(page)).toContainText(/Registration closes in\s*[1-6] s/);
    await expect(entrance(page)).toHaveCount(0);
    await expect(gateOf(page)).toContainText('Registration closed');
  });
});

test.describe('when its organizer changes it while one looks', () => {
  test('seats that are added are there to be taken', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    const competition = await house.aCompetition(organizer, { capacity: 1 });
    await fill(house, competition, 1);
    await open(page, competition);
    await expect(entrance(page, 'Join the line')).toBeEnabled();
    await house.edit(organizer, competition, { capacity: 4 });
    await expect(gateOf(page).getByRole('img', { name: '3 of 4 seats left' })).toBeVisible();
    await expect(entrance(page)).toBeEnabled();
  });

  test('a deadline that is moved ends the button, and gives it back', async ({ page, house }) => {
    await participant(page, house);
    const organizer = await house.signUp('ORGANIZER');
    const competition = await house.aCompetition(organizer);
    await open(page, competition);
    await expect(connection(page, 'Live')).toBeVisible();
    const closed = await house.edit(organizer, competition, { regDeadline: inDays(-1) });
    await expect(gateOf(page)).toContainText('Registration closed');
    await expect(entrance(page)).toHaveCount(0);
    await house.edit(organizer, closed, { regDeadline: inDays(3) });
    await expect(entrance(page)).toBeEnabled();
    await expect(gateOf(page)).toContainText(/Registration closes in\s*[23] days/);
  });
});

test.describe('when the way to the server is bad', () => {
  test('a lost connection is said, the press waits for it, and counts once', async ({ page, context, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await participant(page, house);
    const competition = await house.aCompetition(organizer);
    const keys = await watchRegister(page, (route) => route.continue());
    await open(page, competition);
    await expect(connection(page, 'Live')).toBeVisible();
    await context.setOffline(true);
    await expectGate(page, 'offline', {
      says: ['Connection lost, still trying', 'of 5 seats left'],
      offers: 'Register',
    });
    await entrance(page).click();
    await expectGate(page, 'offline, pressed', {
      says: ['you cannot be registered twice', /Attempt \d/],
      withholds: 'Registering',
    });
    await context.setOffline(false);
    await expect(gateOf(page).getByRole('heading', { name: 'You are in' })).toBeVisible();
    await expect(connection(page, 'Live')).toBeVisible();
    expect(keys.size).toBe(1);
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('an answer that does not come is said, and waited for', async ({ page, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await participant(page, house);
    const competition = await house.aCompetition(organizer);
    const answer = later();
    const keys = await watchRegister(page, (route) => answer.promise.then(() => route.continue()));
    await open(page, competition);
    await entrance(page).click();
    await expectGate(page, 'slow', { says: ['It takes longer than usual'], withholds: 'Registering' });
    answer.now();
    await expect(gateOf(page).getByRole('heading', { name: 'You are in' })).toBeVisible();
    expect(keys.size).toBe(1);
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('an API that is away is said, and asked again with the same key until it is there', async ({ page, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await participant(page, house);
    const competition = await house.aCompetition(organizer);
    let away = true;
    let asked = 0;
    const keys = await watchRegister(page, (route) => {
      asked++;
      return away ? route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '' }) : route.continue();
    });
    await open(page, competition);
    await entrance(page).click();
    await expectGate(page, 'away', {
      says: ['It takes longer than usual, still trying', 'you cannot be registered twice', /Attempt \d/],
      withholds: 'Registering',
    });
    away = false;
    await expect(gateOf(page).getByRole('heading', { name: 'You are in' })).toBeVisible();
    expect(asked).toBeGreaterThan(1);
    expect(keys.size).toBe(1);
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('a database that is held up is said, and the seat is there when it moves again', async ({ page, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    await participant(page, house);
    const competition = await house.aCompetition(organizer);
    const keys = await watchRegister(page, (route) => route.continue());
    await open(page, competition);
    await house.heldUp(competition.id, async () => {
      await entrance(page).click();
      await expect(gateOf(page)).toContainText('It takes longer than usual, still trying');
      await inEachLook(page, () => expect(entrance(page, 'Registering')).toBeVisible());
    });
    await expect(gateOf(page).getByRole('heading', { name: 'You are in' })).toBeVisible();
    expect(keys.size).toBe(1);
    expect(await house.registered(organizer, competition.id)).toHaveLength(1);
  });

  test('who was not quick enough reads it and may stand in line', async ({ page, house }) => {
    await participant(page, house);
    const competition = await house.aCompetition(await house.signUp('ORGANIZER'), { capacity: 1 });
    const quicker = later();
    await watchRegister(page, (route) => quicker.promise.then(() => route.continue()));
    await open(page, competition);
    await entrance(page).click();
    await expect(entrance(page, 'Registering')).toBeVisible();
    await fill(house, competition, 1);
    quicker.now();
    await expectGate(page, 'not quick enough', {
      says: ['All seats are taken.', 'Somebody was quicker. The line is open.', 'Full, line open'],
      offers: 'Join the line',
    });
  });
});
