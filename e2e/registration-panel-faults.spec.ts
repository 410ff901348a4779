import type { Page } from '@playwright/test';
import { inEachAppearance } from './support/accessibility.js';
import { type Account, type Backend, type Competition, signInAsParticipant } from './support/backend.js';
import {
  connectionStatus,
  expectPanel,
  openCompetition,
  panelButton,
  registeredHeading,
  registrationPanel,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test.beforeEach(({ context, backend }) => signInAsParticipant(context, backend));

/** Handles every registration request of the page with `handler`, and collects their idempotency keys. */
async function interceptRegister(page: Page, handler: Parameters<Page['route']>[1]): Promise<Set<string | undefined>> {
  const keys = new Set<string | undefined>();
  await page.route('**/register', (route, request) => {
    keys.add(request.headers()['idempotency-key']);
    return handler(route, request);
  });
  return keys;
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function expectRegisteredOnce(
  page: Page,
  backend: Backend,
  organizer: Account,
  { id }: Competition,
  keys: ReadonlySet<string | undefined>,
): Promise<void> {
  await expect(registeredHeading(page)).toBeVisible();
  expect(keys.size).toBe(1);
  expect(await backend.registrations(organizer, id)).toHaveLength(1);
}

test('offline, it says so, retries the request, and registers once', async ({
  page,
  context,
  backend,
  organizer,
  competition,
}) => {
  const keys = await interceptRegister(page, (route) => route.continue());
  await openCompetition(page, competition);
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  await context.setOffline(true);
  await expectPanel(page, 'offline', {
    texts: ['Connection lost, still trying', 'of 5 seats left'],
    enabledButton: 'Register',
  });
  await panelButton(page).click();
  await expectPanel(page, 'offline, pressed', {
    texts: ['you can’t be registered twice', /Attempt \d/],
    inactiveButton: 'Registering…',
  });
  await context.setOffline(false);
  await expect(registeredHeading(page)).toBeVisible();
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  await expectRegisteredOnce(page, backend, organizer, competition, keys);
});

test('while a response is slow, it says so and waits', async ({ page, backend, organizer, competition }) => {
  const response = deferred();
  const keys = await interceptRegister(page, (route) => response.promise.then(() => route.continue()));
  await openCompetition(page, competition);
  await panelButton(page).click();
  await expectPanel(page, 'slow', { texts: ['This is taking longer than usual'], inactiveButton: 'Registering…' });
  response.resolve();
  await expectRegisteredOnce(page, backend, organizer, competition, keys);
});

test('while the API is unavailable, it says so and retries with the same key', async ({
  page,
  backend,
  organizer,
  competition,
}) => {
  let isAvailable = false;
  let requests = 0;
  const keys = await interceptRegister(page, (route) => {
    requests++;
    return isAvailable ? route.continue() : route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '' });
  });
  await openCompetition(page, competition);
  await panelButton(page).click();
  await expectPanel(page, 'unavailable', {
    texts: ['This is taking longer than usual, still trying', 'you can’t be registered twice', /Attempt \d/],
    inactiveButton: 'Registering…',
  });
  isAvailable = true;
  await expect(registeredHeading(page)).toBeVisible();
  expect(requests).toBeGreaterThan(1);
  await expectRegisteredOnce(page, backend, organizer, competition, keys);
});

test('while the row of the competition is locked, it says so, and registers after that', async ({
  page,
  backend,
  organizer,
  competition,
}) => {
  const keys = await interceptRegister(page, (route) => route.continue());
  await openCompetition(page, competition);
  await backend.whileCompetitionLocked(competition.id, async () => {
    await panelButton(page).click();
    await expect(registrationPanel(page)).toContainText('This is taking longer than usual, still trying');
    await inEachAppearance(page, () => expect(panelButton(page, 'Registering…')).toBeVisible());
  });
  await expectRegisteredOnce(page, backend, organizer, competition, keys);
});

test('when the last seat is taken before the request arrives, it says so and offers the waitlist', async ({
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const lastSeatTaken = deferred();
  await interceptRegister(page, (route) => lastSeatTaken.promise.then(() => route.continue()));
  await openCompetition(page, competition);
  await panelButton(page).click();
  await expect(panelButton(page, 'Registering…')).toBeVisible();
  await backend.registerPeople(competition, 1);
  lastSeatTaken.resolve();
  await expectPanel(page, 'last seat taken', {
    texts: ['All seats are taken.', 'The last seat was just taken. You can join the waitlist.', 'Full, waitlist open'],
    enabledButton: 'Join the waitlist',
  });
});
