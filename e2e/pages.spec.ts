import type { Locator, Page } from '@playwright/test';
import { directionOf, LANGUAGES, type Language } from '../packages/shared/src/languages.js';
import { expectReadable } from './support/accessibility.js';
import { inDays, signIn, signInAsParticipant } from './support/backend.js';
import { registrationPanel } from './support/registration-panel.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

/** The language of the browser, which those of a new account and of its pages follow. */
for (const language of LANGUAGES)
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test('LA-13 public pages are accessible and fit every width', async ({ page, backend, organizer }) => {
      const competitions = [
        await backend.createCompetition(organizer, { tags: ['chess'], location: 'Hall 1' }),
        await backend.createCompetition(organizer, { capacity: 1 }),
        await backend.createCompetition(organizer, { regOpensAt: inDays(1) }),
        await backend.createCompetition(organizer),
      ];
      await backend.registerPeople(competitions[1]!, 1);
      await backend.cancel(organizer, competitions[3]!.id);
      await expectAllReadable(page, language, [
        ...['/', '/competitions', '/competitions?search=nothing-like-it'],
        ...['/sign-in', '/sign-up', '/forgot-password', '/reset-password#token=x', '/verify-email#token=x'],
        `/sign-up?next=${encodeURIComponent(`/competitions/${competitions[0]!.id}`)}`,
        ...['/leave?token=x', '/unsubscribe?token=x', '/there-is-nothing-here'],
        ...competitions.map(({ id }) => `/competitions/${id}`),
        `/organizers/${organizer.id}`,
      ]);
      await page.goto('/sign-up');
      await page.getByRole('button', { name: texts('accounts', language)('signUp.submit') }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectReadable(page, 'sign-up with errors', language);
    });

    test('LA-13 pages of participants are accessible and fit every width', async ({
      page,
      context,
      backend,
      organizer,
    }) => {
      const me = await signInAsParticipant(context, backend);
      await expectAllReadable(page, language, ['/registrations', '/mailbox']);
      const registered = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.register(me, registered.id);
      const waitlisted = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.registerPeople(waitlisted, 1);
      await backend.register(me, waitlisted.id, true);
      const byApplication = { admissionMode: 'APPROVAL', confirmWithinHours: 24, decisionsBy: inDays(2) };
      const applied = await backend.createCompetition(organizer, byApplication);
      await backend.register(me, applied.id);
      const held = await backend.createCompetition(organizer, byApplication);
      await backend.register(me, held.id);
      await backend.decide(organizer, held, me, 'ACCEPT');
      const reserved = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.invite(organizer, reserved.id, me.email);
      const left = await backend.createCompetition(organizer);
      await backend.register(me, left.id);
      await backend.leave(me, left.id);
      await expectAllReadable(page, language, [
        ...['/registrations', '/registrations?show=ended', '/mailbox', '/mailbox?show=unread', '/profile'],
        ...[registered, waitlisted, applied, held, reserved].map(({ id }) => `/competitions/${id}`),
        ...[`/tickets/${registered.id}`, `/tickets/${waitlisted.id}`],
      ]);
      await page.goto('/mailbox');
      await page.getByRole('main').locator('a[href*="message="]').first().click();
      await expect(page.getByRole('article')).toBeVisible();
      await expectReadable(page, 'a message', language);
      await page.goto('/registrations');
      const leave = texts('registrations', language)('card.leaveLabel.seat', { title: registered.title });
      await page.getByRole('button', { name: leave }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectReadable(page, 'the dialog to leave', language);
    });

    test('LA-13 pages of teams are accessible and fit every width', async ({ page, context, backend, organizer }) => {
      const competition = await backend.createCompetition(organizer, { teamMin: 2, teamMax: 4, capacity: 8 });
      const registered = await backend.createTeam(competition, 3);
      await backend.registerTeam(registered, competition.id);
      const open = await backend.createTeam(competition, 1, 'Donaudampfschifffahrtsgesellschaft');
      const paths = [`/competitions/${competition.id}`, `/competitions/${competition.id}/team`];
      await expectAllReadable(page, language, [paths[0]!, '/join-team']);
      await signInAsParticipant(context, backend);
      await expectAllReadable(page, language, [...paths, `/join-team#${open.code}`]);
      for (const { people } of [open, registered]) {
        await context.clearCookies();
        await signIn(context, people[0]!.email);
        await expectAllReadable(page, language, paths);
      }
      const leave = texts('teamPage', language)('leave.open');
      await page.getByRole('button', { name: leave }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectReadable(page, 'the dialog to leave a team', language);
      await context.clearCookies();
      await signIn(context, organizer.email);
      await expectAllReadable(page, language, [
        ...[`/organize/${competition.id}`, `/organize/${competition.id}/teams`, `/competitions/${competition.id}/edit`],
      ]);
    });

    test('LA-13 pages of organizers are accessible and fit every width', async ({
      page,
      context,
      backend,
      organizer,
    }) => {
      const competition = await backend.createCompetition(organizer, { capacity: 1 });
      await backend.registerPeople(competition, 2);
      const draft = await backend.createCompetition(organizer, { visibility: 'DRAFT' });
      const invited = await backend.createCompetition(organizer);
      await backend.invite(organizer, invited.id, 'somebody-with-a-long-name@mail.example.org');
      const byApplication = await backend.createCompetition(organizer, { admissionMode: 'APPROVAL' });
      const [applicant] = await backend.registerPeople(byApplication, 2);
      await backend.review(organizer, byApplication, applicant!, 4);
      const [draftId, sentId] = [
        await backend.draftAnnouncement(organizer, competition),
        await backend.draftAnnouncement(organizer, competition),
      ];
      await backend.sendAnnouncement(organizer, competition, sentId);
      const importId = await backend.checkFile(organizer, invited, 'email,name\nada@example.org,Ada\nno-address,Eve');
      await signIn(context, organizer.email);
      const manage = `/organize/${competition.id}`;
      await expectAllReadable(page, language, [
        ...[
          '/organize',
          manage,
          `${manage}?show=ended`,
          `${manage}?tab=statistics`,
          `${manage}/check-in`,
          `${manage}/day`,
          `${manage}/staff`,
          `${manage}/history`,
          `/organize/${invited.id}/invitations`,
          `/organize/${invited.id}/imports`,
          `/organize/${invited.id}/imports/${importId}`,
          `/organize/${byApplication.id}/applications`,
          ...['', `/${draftId}`, `/${sentId}`].map((part) => `${manage}/announcements${part}`),
        ],
        ...['/competitions/new', `/competitions/${competition.id}/edit`, `/competitions/${competition.id}`],
        ...['/profile', '/organize?show=drafts', `/organize/${draft.id}`, `/competitions/${draft.id}`],
      ]);
    });

    test('LA-13 pages of admins are accessible and fit every width', async ({ page, context, backend }) => {
      const admin = await backend.createAdmin();
      await signIn(context, admin.email, admin.password);
      const tabs = ['', '?tab=failed', '?tab=unknown', '?tab=audit'];
      await expectAllReadable(page, language, ['/admin', ...tabs.map((tab) => `/admin/jobs${tab}`)]);
    });
  });

async function expectAllReadable(page: Page, language: Language, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    const html = page.locator('html');
    await expect(html).toHaveAttribute('lang', language);
    await expect(html).toHaveAttribute('dir', directionOf(language));
    await expectReadable(page, path, language);
  }
}

test('LA-13 in forced colors, the current tab, page and filter differ from the others', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(`/organize/${competition.id}`);
  const colorsOf = (links: Locator, color: 'backgroundColor' | 'borderBottomColor') =>
    links.evaluateAll(
      (all, name) =>
        all.map((link) => [link.hasAttribute('aria-current') ? 'current' : 'other', getComputedStyle(link)[name]]),
      color,
    );
  const linksOf = (name: string) => page.getByRole('navigation', { name }).getByRole('link');
  for (const [links, color] of [
    [linksOf('Main'), 'borderBottomColor'],
    [linksOf('Parts of this competition'), 'borderBottomColor'],
    [linksOf(texts('organizing')('people.filter')), 'backgroundColor'],
  ] as const) {
    // While the page is streamed in, parts of it are replaced.
    await expect(links.and(page.locator('[aria-current]'))).toHaveCount(1);
    const colors = await colorsOf(links, color);
    const currents = colors.filter(([state]) => state === 'current');
    expect(currents).toHaveLength(1);
    expect(colors.filter(([state, value]) => state === 'other' && value === currents[0]?.[1])).toEqual([]);
  }
});

test('a competition that is created or edited belongs to My competitions', async ({
  page,
  context,
  organizer,
  competition,
}) => {
  await signIn(context, organizer.email);
  const navigation = page.getByRole('navigation', { name: 'Main' });
  for (const path of ['/competitions/new', `/competitions/${competition.id}/edit`]) {
    await page.goto(path);
    await expect(navigation.locator('[aria-current]')).toHaveText('My competitions');
  }
});

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
    await expect(registrationPanel(page)).toContainText('5 of 5 seats left');
    await expect(page.getByRole('img', { name: '5 of 5 seats left' })).toBeVisible();
  });
});
