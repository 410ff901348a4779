import type { Page } from '@playwright/test';
import { DESKTOP, expectAccessible, PHONE } from './support/accessibility.js';
import { inDays, signIn, signInAsParticipant } from './support/backend.js';
import { expect, test } from './support/test.js';

const APPEARANCES = [
  { colorScheme: 'light', viewport: DESKTOP },
  { colorScheme: 'dark', viewport: PHONE },
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'dark', viewport: DESKTOP },
] as const;

for (const { colorScheme, viewport } of APPEARANCES)
  test.describe(`${colorScheme}, ${viewport.width} px`, () => {
    test.use({ colorScheme, viewport });

    test('public pages are accessible', async ({ page, backend, organizer }) => {
      const competitions = [
        await backend.createCompetition(organizer, { tags: ['chess'], location: 'Hall 1' }),
        await backend.createCompetition(organizer, { capacity: 1 }),
        await backend.createCompetition(organizer, { regOpensAt: inDays(1) }),
      ];
      await backend.registerPeople(competitions[1]!, 1);
      const paths = [
        ...['/', '/competitions', '/competitions?search=nothing-like-it'],
        ...['/sign-in', '/sign-up', '/forgot-password', '/reset-password#token=x'],
        ...['/leave?token=x', '/there-is-nothing-here'],
        ...competitions.map(({ id }) => `/competitions/${id}`),
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
        await expectAccessible(page, path);
      }
    });

    test('pages of participants and organizers are accessible', async ({ page, context, backend, organizer }) => {
      const me = await signInAsParticipant(context, backend);
      const registered = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.register(me, registered.id);
      const waitlisted = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.registerPeople(waitlisted, 1);
      await backend.register(me, waitlisted.id, true);
      await expectAllAccessible(page, [
        ...['/registrations', '/registrations?show=ended', '/mailbox', '/profile'],
        ...[`/competitions/${registered.id}`, `/competitions/${waitlisted.id}`],
      ]);
      await page.goto('/registrations');
      await page.getByRole('button', { name: `Leave ${registered.title}` }).click();
      await expectAccessible(page, 'the dialog to leave');

      await context.clearCookies();
      await signIn(context, organizer.email);
      const manage = `/organize/${registered.id}`;
      await expectAllAccessible(page, [
        ...['/organize', manage, `${manage}?tab=waiting`, `${manage}?tab=statistics`, `${manage}?tab=settings`],
        ...['/competitions/new', `/competitions/${registered.id}/edit`, `/competitions/${registered.id}`],
      ]);
    });
  });

async function expectAllAccessible(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expectAccessible(page, path);
  }
}

test('the page of a competition loads less than 180 kB of JavaScript', async ({ page, competition }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(`/competitions/${competition.id}`, { waitUntil: 'load' });
  await expect(page.getByText('Live')).toBeVisible();
  expect(scripts.size).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(180 * 1024);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of a competition is readable', async ({ page, backend, organizer }) => {
    const { id, title } = await backend.createCompetition(organizer, { location: 'Hall 7' });
    await page.goto(`/competitions/${id}`);
    await expect(page).toHaveTitle(new RegExp(title));
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByText('Hall 7')).toBeVisible();
    await expect(page.getByText('of 5 seats left', { exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: '5 of 5 seats left' })).toBeVisible();
  });
});
