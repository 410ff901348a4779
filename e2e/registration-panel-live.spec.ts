import { inDays, inSeconds, signInAsParticipant, unique } from './support/backend.js';
import {
  connectionStatus,
  openCompetition,
  panelButton,
  registeredHeading,
  registrationPanel,
  seatsGraphic,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

test.describe.configure({ mode: 'parallel' });
test.beforeEach(({ context, backend }) => signInAsParticipant(context, backend));

test.describe('without a reload', () => {
  test('the button becomes enabled when registration opens, and registers', async ({ page, backend, organizer }) => {
    await openCompetition(page, await backend.createCompetition(organizer, { regOpensAt: inSeconds(6) }));
    await expect(panelButton(page)).toBeDisabled();
    await expect(registrationPanel(page)).toContainText(/Registration opens in\s*[1-6] s/);
    await expect(panelButton(page)).toBeEnabled();
    await panelButton(page).click();
    await expect(registeredHeading(page)).toBeVisible();
  });

  test('the button disappears at the deadline', async ({ page, backend, organizer }) => {
    await openCompetition(page, await backend.createCompetition(organizer, { regDeadline: inSeconds(6) }));
    await expect(panelButton(page)).toBeEnabled();
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
    await expect(panelButton(page, 'Join the line')).toBeEnabled();
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
