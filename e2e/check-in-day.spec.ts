import type { Page } from '@playwright/test';
import { expectAccessible, expectReadable, inEachAppearance, PHONE } from './support/accessibility.js';
import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const section = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name, level: 2 }) });

/** The number of people who are in: large, and of high contrast in light and dark. */
async function expectReadInTheSun(page: Page): Promise<void> {
  const part = 'section:has([role="meter"])';
  await inEachAppearance(page, (appearance) =>
    expectAccessible(page, `the headcount (${appearance})`, { part, rules: 'high contrast' }),
  );
  await page.setViewportSize(PHONE);
  const number = page.locator(part).getByText(/^\d+$/);
  const size = await number.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThan(PHONE.width / 5);
}

test('CI-07 a person opens the ticket from the list of registrations, and somebody who waits has none', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 1, location: 'Hall 1' });
  const [me, waiting] = await backend.registerPeople(competition, 2);
  await signIn(context, me!.email);
  await page.goto('/registrations');
  await page.getByRole('link', { name: `Show ticket for ${competition.title}` }).click();
  await expect(page.getByRole('heading', { name: competition.title, level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR code of your ticket' }).locator('svg path')).toHaveCount(2);
  await expect(page.getByText(/^\d{3} \d{3} \d{3}$/)).toBeVisible();
  await expect(page.getByRole('main').getByText(me!.name)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print ticket' })).toBeHidden();
  await expect(page.getByRole('img', { name: 'QR code of your ticket' })).toBeVisible();
  await page.emulateMedia({ media: null });

  await context.clearCookies();
  await signIn(context, waiting!.email);
  await page.goto(`/tickets/${competition.id}`);
  await expect(page.getByText('You don’t have a ticket yet')).toBeVisible();
});

test('CI-07 the code of the ticket is whole on a phone, also below a long line', async ({
  page,
  context,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer);
  const [me] = await backend.registerPeople(competition, 1);
  await backend.checkIn(await backend.addStaff(organizer, competition.id, 'SCANNER'), competition, [me!]);
  await backend.changeAccount(me!, { language: 'de' });
  await signIn(context, me!.email);
  await page.setViewportSize(PHONE);
  await page.goto(`/tickets/${competition.id}`);
  const code = page.getByRole('img', { name: texts('ticket', 'de')('picture') });
  for (const part of [code, page.getByText(/Du hast am .+ eingecheckt/)]) {
    await expect(part).toBeVisible();
    const box = await part.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? PHONE.width)).toBeLessThan(PHONE.width - 16);
  }
});

test('CI-07 a manager sees people come in, undoes a check-in, and releases no-shows', async ({
  page,
  context,
  newContext,
  backend,
  organizer,
}) => {
  const competition = await backend.createCompetition(organizer, { capacity: 4 });
  const [first, second, third, fourth] = await backend.registerPeople(competition, 4);
  const scanner = await backend.addStaff(organizer, competition.id, 'SCANNER');
  await backend.begin(competition);
  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('link', { name: 'Check-in', exact: true }).click();
  const headcount = page.getByRole('region', { name: 'Check-in' });
  await expect(headcount).toContainText('of 4 expected');

  await backend.checkIn(scanner, competition, [first!, second!], 'North');
  await expect(headcount.getByRole('meter', { name: '2 of 4 people are in' })).toBeVisible();
  await expect(section(page, 'Doors').getByRole('listitem')).toContainText('North');
  const latest = section(page, 'Last scans').getByRole('listitem');
  await expect(latest).toHaveCount(2);
  await backend.checkIn(scanner, competition, [first!], 'South');
  await expect(section(page, 'Worth a look').getByRole('listitem')).toContainText('Scanned again.');

  await page.getByRole('button', { name: `Undo the check-in of ${second!.name}` }).click();
  await expect(page.getByText(`The check-in of ${second!.name} is undone.`)).toBeVisible();
  await expect(headcount.getByRole('meter', { name: '1 of 4 people are in' })).toBeVisible();
  await backend.checkIn(scanner, competition, [third!], 'North');
  await expect(headcount.getByRole('meter', { name: '2 of 4 people are in' })).toBeVisible();
  await expectReadable(page, 'the day', 'en');
  await expectReadInTheSun(page);

  await page.goto(`/organize/${competition.id}`);
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row(first!.name)).toContainText('North');
  await expect(row(second!.name)).not.toContainText('North');
  await page.getByRole('navigation', { name: 'Check-in' }).getByRole('link', { name: 'Not checked in' }).click();
  await expect(page.getByText('2 people', { exact: true })).toBeVisible();
  await expect(row(second!.name)).toBeVisible();
  await expect(row(first!.name)).toHaveCount(0);
  await expectReadable(page, 'the list with check-ins', 'en');
  await page.goto(`/organize/${competition.id}/day`);

  await page.getByRole('button', { name: 'Release no-shows…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release the seats of 2 people?' });
  await expect(dialog).toContainText('Nobody moves up from the waitlist.');
  await expectReadable(page, 'the dialog to release no-shows', 'en');
  await dialog.getByRole('button', { name: 'Release 2 seats' }).click();
  const bar = page.getByRole('region', { name: 'Can still be undone' });
  await expect(bar).toContainText('Releasing the seats of 2 people');
  await backend.setUndoTime(competition, 0);
  await expect(bar).toHaveCount(0);
  await expect(headcount).toContainText('of 2 expected');

  const released = await newContext();
  await signIn(released, fourth!.email);
  const theirs = await released.newPage();
  await theirs.goto(`/competitions/${competition.id}`);
  await expect(theirs.getByRole('heading', { name: 'Your seat was released' })).toBeVisible();
  await theirs.goto('/registrations');
  await expect(theirs.getByText('No active registrations')).toBeVisible();
});
