import type { Page } from '@playwright/test';
import { FaultProxy } from '../tools/src/testing/fault-proxy.js';
import { PHONE } from './support/accessibility.js';
import { inDays, inSeconds, signInAsParticipant } from './support/backend.js';
import {
  connectionStatus,
  openCompetition,
  panelButton,
  pathOf,
  registeredHeading,
  registrationPanel,
  visitorButton,
} from './support/registration-panel.js';
import { expect, test } from './support/test.js';

/** What a screen reader announces. */
const announcement = (page: Page, text: string) => registrationPanel(page).getByRole('status').getByText(text);

test.describe('U1 on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true });

  test('a person who registers far down on the page sees the confirmation', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    await signInAsParticipant(context, backend);
    const description = 'Bring water, and something to write.\n\n'.repeat(60);
    await openCompetition(page, await backend.createCompetition(organizer, { description }));
    await expect(panelButton(page)).toBeEnabled();
    await page.getByRole('contentinfo').scrollIntoViewIfNeeded();
    await expect(registrationPanel(page).getByRole('timer')).not.toBeInViewport();
    await panelButton(page).tap();
    await expect(registeredHeading(page)).toBeInViewport();
    await expect(registeredHeading(page)).toBeFocused();
  });
});

test.describe('U4 when the server hangs', () => {
  // When the proxy closes the frozen connections, the page may have an event stream open, or requests without a response.
  test.use({ networkErrors: ['INCOMPLETE_CHUNKED_ENCODING', 'EMPTY_RESPONSE'] });

  test('the page notices within 40 s, and continues when it responds again', async ({
    page,
    baseURL,
    backend,
    organizer,
    competition,
  }) => {
    const server = await FaultProxy.open(baseURL ?? '');
    // The clock of the page runs as usual, but can be moved forward.
    await page.clock.install();
    await page.goto(new URL(pathOf(competition), server.url).href);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    server.freeze();
    await page.clock.fastForward(40_000);
    await expect(registrationPanel(page)).toContainText('Connection lost, still trying');
    await backend.edit(organizer, competition, { capacity: 4 });
    server.forward();
    // Past the pause before the next attempt.
    await page.clock.fastForward(30_000);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await expect(registrationPanel(page).getByRole('img', { name: '4 of 4 seats left' })).toBeVisible();
    await page.close();
    await server.close();
  });
});

test.describe('U7 without a pointer and without sight', () => {
  test('the sleeping button keeps the keyboard focus, and the opening of registration is announced', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    await signInAsParticipant(context, backend);
    const competition = await backend.createCompetition(organizer, { regOpensAt: inDays(1) });
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await panelButton(page).focus();
    await page.keyboard.press('Enter');
    await backend.edit(organizer, competition, { regOpensAt: inSeconds(5) });
    await expect(announcement(page, 'Registration is open.')).toBeAttached();
    await expect(panelButton(page)).toBeEnabled();
    await expect(panelButton(page)).toBeFocused();
    expect(await backend.registrations(organizer, competition.id)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(registeredHeading(page)).toBeFocused();
  });

  test('the link of a signed-out visitor keeps the keyboard focus when registration opens, and then leads on', async ({
    page,
    backend,
    organizer,
  }) => {
    const competition = await backend.createCompetition(organizer, { regOpensAt: inDays(1) });
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await visitorButton(page).focus();
    await expect(visitorButton(page)).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Enter');
    await backend.edit(organizer, competition, { regOpensAt: inSeconds(5) });
    await expect(visitorButton(page)).toHaveAttribute('href', /sign-up/);
    await expect(visitorButton(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sign-up/);
  });

  test('a new position on the waitlist and the promotion are announced', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    const me = await signInAsParticipant(context, backend);
    const competition = await backend.createCompetition(organizer, { capacity: 1 });
    const [seated, before] = await backend.registerPeople(competition, 2);
    await backend.register(me, competition.id, true);
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    await backend.leave(before!, competition.id);
    await expect(announcement(page, 'You’re now #1 on the waitlist.')).toBeAttached();
    await backend.leave(seated!, competition.id);
    await expect(announcement(page, 'You got a seat.')).toBeAttached();
  });

  test('that all seats are taken, and that one is free again, is announced', async ({
    page,
    context,
    backend,
    organizer,
  }) => {
    await signInAsParticipant(context, backend);
    const competition = await backend.createCompetition(organizer, { capacity: 1, waitlist: false });
    await openCompetition(page, competition);
    await expect(connectionStatus(page, 'Live')).toBeVisible();
    const [seated] = await backend.registerPeople(competition, 1);
    await expect(announcement(page, 'All seats are taken.')).toBeAttached();
    await backend.leave(seated!, competition.id);
    await expect(announcement(page, 'A seat is free again.')).toBeAttached();
  });

  test('Escape in the dialog to leave returns the focus to its button', async ({
    page,
    context,
    backend,
    competition,
  }) => {
    const me = await signInAsParticipant(context, backend);
    await backend.register(me, competition.id);
    for (const path of [pathOf(competition), '/registrations']) {
      await page.goto(path);
      const leave = page.getByRole('button', { name: /^Leave/ });
      await leave.focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(leave).toBeFocused();
    }
  });
});

test('U8 with forced colors, the primary button is outlined', async ({ page, context, backend, competition }) => {
  await signInAsParticipant(context, backend);
  await page.emulateMedia({ forcedColors: 'active' });
  await openCompetition(page, competition);
  const border = await panelButton(page).evaluate((button) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(button);
    return { width: borderTopWidth, style: borderTopStyle, color: borderTopColor, background: backgroundColor };
  });
  expect(border).toMatchObject({ width: '1px', style: 'solid' });
  expect(border.color).not.toBe(border.background);
  expect(border.color).not.toContain('rgba(0, 0, 0, 0)');
});
