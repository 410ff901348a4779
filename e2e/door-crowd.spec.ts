import type { Page } from '@playwright/test';
import { signIn } from './support/backend.js';
import { expectUnsent, openDoor, waitUntilKept } from './support/door.js';
import { expect, test } from './support/test.js';

interface Guest {
  readonly name: string;
  readonly ticket: string;
}

test('CI-01 four hundred people at two doors, one of them without a network, are counted exactly within a minute after it is back', async ({
  context,
  newContext,
  page,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 400 });
  await backend.addRegistrations(competition, 400);
  const guests = await backend.ticketsOf(competition);
  const second = await newContext();
  const other = await second.newPage();
  for (const profile of [context, second]) await signIn(profile, organizer.email);
  await openDoor(page, competition.id, 'Main entrance');
  await openDoor(other, competition.id, 'Side entrance');
  await waitUntilKept(page);
  await context.setOffline(true);
  // Twenty people show their tickets at both doors.
  await Promise.all([letIn(page, guests.slice(0, 200)), letIn(other, guests.slice(180))]);
  await expectUnsent(page, 200);
  await expectUnsent(other, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(220);

  const inTheMinuteAfter = { timeout: 60_000, intervals: [500] };
  await context.setOffline(false);
  await expect.poll(() => backend.checkedIn(organizer, competition), inTheMinuteAfter).toBe(400);
  await expectUnsent(page, 0);
  expect(await backend.checkedIn(organizer, competition)).toBe(400);
  expect(await backend.countScans(competition)).toBe(420);
});

/** As fast as the page can: the keys of a hand scanner, dispatched in the page, and the next one after the result. */
const letIn = (page: Page, guests: readonly Guest[]): Promise<void> =>
  page.evaluate(async (people) => {
    const shown = () => document.querySelector<HTMLElement>('[data-result]');
    const isWelcome = (name: string) =>
      shown()?.dataset.result === 'WELCOME' && shown()?.querySelector('bdi')?.textContent === name;
    for (const { name, ticket } of people) {
      for (const key of [...ticket, 'Enter'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const giveUpAt = performance.now() + 20_000;
      while (!isWelcome(name)) {
        if (performance.now() > giveUpAt) throw new Error(`${name}: ${shown()?.textContent}`);
        await new Promise((wake) => setTimeout(wake, 5));
      }
    }
  }, guests);
