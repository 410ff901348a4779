import type { Page, Route } from '@playwright/test';
import { inDays, inSeconds, signInAsParticipant, unique } from './support/backend.js';
import {
  connectionStatus,
  openCompetition,
  panelButton,
  pathOf,
  registeredHeading,
  registrationPanel,
  seatsGraphic,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test.beforeEach(({ context, backend }) => signInAsParticipant(context, backend));

test.describe('without a reload', () => {
  // The instant is set when the page is open: on a slow machine it would have passed before the page had loaded.
  test('the button becomes enabled when registration opens, and registers', async ({ page, backend, organizer }) => {
    const competition = await backend.createCompetition(organizer, { regOpensAt: inDays(1) });
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expect(panelButton(page)).toHaveAttribute('aria-disabled', 'true');
    await backend.edit(organizer, competition, { regOpensAt: inSeconds(6) });
    await expect(registrationPanel(page)).toContainText(/Registration opens in\s*[1-6] s/);
    await expect(panelButton(page)).toBeEnabled();
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
  });

  test('the button disappears at the deadline', async ({ page, backend, organizer, competition }) => {
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expect(panelButton(page)).toBeEnabled();
    await backend.edit(organizer, competition, { regDeadline: inSeconds(6) });
    await expect(registrationPanel(page)).toContainText(/Registration closes in\s*[1-6] s/);
    await expect(panelButton(page)).toHaveCount(0);
    await expect(registrationPanel(page)).toContainText('Registration closed');
  });
});

test.describe('when the organizer edits the competition while the page is open', () => {
  test('additional seats can be taken', async ({ page, backend, organizer }) => {
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    await backend.registerPeople(competition, 1);
    await openCompetition(page, competition);
    await expect(panelButton(page, 'Join the waitlist')).toBeEnabled();
    await backend.edit(organizer, competition, { capacity: 4 });
    await expect(seatsGraphic(page, '3 of 4 seats left')).toBeVisible();
    await expect(panelButton(page)).toBeEnabled();
  });

  test('R22 a new title and a lower capacity are shown', async ({ page, backend, organizer, competition }) => {
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    const title = unique('Renamed');
    const renamed = await backend.edit(organizer, competition, { title });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await backend.edit(organizer, renamed, { capacity: 4 });
    await expect(seatsGraphic(page, '4 of 4 seats left')).toBeVisible();
  });

  test('a new deadline removes the button, and a later one shows it again', async ({
    page,
    backend,
    organizer,
    competition,
  }) => {
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    const closed = await backend.edit(organizer, competition, { regDeadline: inDays(-1) });
    await expect(registrationPanel(page)).toContainText('Registration closed');
    await expect(panelButton(page)).toHaveCount(0);
    await backend.edit(organizer, closed, { regDeadline: inDays(3) });
    await expect(panelButton(page)).toBeEnabled();
    await expect(registrationPanel(page)).toContainText(/Registration closes in\s*[23] days/);
  });
});

test('R8 a waitlisted participant sees the position change while people leave all the time, not only when they stop', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const me = await signInAsParticipant(context, backend);
  const competition = await backend.createCompetition(organizer, { capacity: 1 });
  const [, ...before] = await backend.registerPeople(competition, 11);
  await backend.register(me, competition.id, true);
  await openCompetition(page, competition);
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  const heading = registrationPanel(page).getByRole('heading', { level: 2 });
  const position = async () => Number(/\d+/.exec(await heading.innerText())?.[0]);
  await expect.poll(position).toBe(11);
  const seen = new Set<number>();
  let left = 0;
  // There is never a long pause between two changes.
  while (seen.size < 4 && left < before.length) {
    await backend.leave(before[left++]!, competition.id);
    await page.waitForTimeout(300);
    seen.add(await position());
  }
  expect(seen.size).toBe(4);
  await expect.poll(position).toBe(11 - left);
});

test('R24 a page that was read before registering and arrives after it does not take the seat away', async ({
  page,
  backend,
  organizer,
  competition,
}) => {
  await openCompetition(page, competition);
  await expect(connectionStatus(page, 'Live')).toBeVisible();
  const rereads = await holdRereads(page, competition);
  await backend.edit(organizer, competition, { location: 'Upstairs' });
  await rereads.isRead;
  await panelButton(page).click();
  await expect(registeredHeading(page)).toBeVisible();
  const isReadAgain = page.waitForRequest((request) => isRereadOf(competition)(new URL(request.url())));
  rereads.deliver();
  await isReadAgain;
  await expect(page.getByText('Upstairs')).toBeVisible();
  await expect(registeredHeading(page)).toBeVisible();
  await expect(registrationPanel(page)).not.toContainText('Your registration has ended');
  // One more may be on its way, which would fail at the end of the test.
  await page.unrouteAll({ behavior: 'wait' });
});

const isRereadOf = (competition: { id: string }) => (url: URL) =>
  url.pathname === pathOf(competition) && url.searchParams.has('_rsc');

/** When the page of the competition is read again, it arrives when it is delivered. */
async function holdRereads(page: Page, competition: { id: string }) {
  let deliver = () => {};
  const isDelivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  let read = () => {};
  const isRead = new Promise<void>((resolve) => {
    read = resolve;
  });
  const hold = async (route: Route) => {
    const response = await route.fetch();
    read();
    await isDelivered;
    await route.fulfill({ response });
  };
  await page.route(isRereadOf(competition), hold);
  return { isRead, deliver };
}
