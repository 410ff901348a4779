import type { Page } from '@playwright/test';
import { formatCode } from '../packages/shared/src/team-rules.js';
import { type Account, inDays, signIn } from './support/backend.js';
import { reverseProxy } from './support/proxy.js';
import { test as base, expect } from './support/test.js';
import { unmarkedTexts } from './support/visible-texts.js';
import { startWebApp } from './support/web-app.js';

/** The address of the product with a web app in the pseudo-language. */
const test = base.extend<{ origin: string }>({
  origin: async ({ baseURL, context }, use) => {
    const web = await startWebApp({ BACKEND_URL: process.env.E2E_API_URL ?? '', PSEUDO_LANGUAGE: '1' });
    const server = await reverseProxy((path) => (path.startsWith('/api/') ? String(baseURL) : web.url));
    await use(`http://localhost:${server.port}`);
    await Promise.all(context.pages().map((page) => page.close()));
    await server.close();
    await web.stop();
  },
});

test('LA-15 all words of the pages are from the catalogs', async ({ page, context, origin, backend, organizer }) => {
  const open = await backend.createCompetition(organizer, { tags: ['chess'], location: 'Hall 1' });
  const full = await backend.createCompetition(organizer, { capacity: 1 });
  const upcoming = await backend.createCompetition(organizer, { regOpensAt: inDays(1), waitlist: false });
  const canceled = await backend.createCompetition(organizer);
  const me = await backend.signUp('PARTICIPANT');
  await backend.register(me, open.id);
  const [seated, waitlisted] = await backend.registerPeople(full, 2);
  await backend.register(me, full.id, true);
  await backend.cancel(organizer, canceled.id);
  const draft = await backend.createCompetition(organizer, { visibility: 'DRAFT' });
  const invitation = await backend.inviteStaff(organizer, full.id, me.email, 'MANAGER');
  const guestLink = await backend.invite(organizer, upcoming.id, me.email);
  const forTeams = await backend.createCompetition(organizer, { teamMin: 2, teamMax: 3 });
  const team = await backend.createTeam(forTeams, 1);
  await backend.joinTeam(me, team.code);

  const byApplication = { admissionMode: 'APPROVAL', confirmWithinHours: 24, decisionsBy: inDays(2) };
  const applied = await backend.createCompetition(organizer, byApplication);
  await backend.register(me, applied.id);
  const held = await backend.createCompetition(organizer, byApplication);
  await backend.register(me, held.id);
  await backend.decide(organizer, held, me, 'ACCEPT');
  const [draftId, sentId] = [
    await backend.draftAnnouncement(organizer, full),
    await backend.draftAnnouncement(organizer, full),
  ];
  await backend.sendAnnouncement(organizer, full, sentId);
  const importId = await backend.checkFile(organizer, upcoming, 'email,name\nada@example.org,Ada Lovelace');

  const people = [organizer, me, seated!, waitlisted!, team.people[0]!];
  const competitions = [open, full, upcoming, canceled, forTeams, applied, held];
  const written = [
    ...[
      'Mini Compete',
      'Bring water.',
      'Bring',
      'water',
      'chess',
      'Hall 1',
      'Markdown',
      'Ada Lovelace',
      'ada@example.org',
      'people.csv',
      'Doors open',
    ],
    ...people.flatMap(({ name, email }) => [name, email]),
    ...[...competitions, draft].map(({ title }) => title),
    ...[team.name, formatCode(team.code)],
  ];

  /** Opens the pages and returns what is neither from the catalogs nor written by people. */
  const findUnmarked = async (paths: readonly string[], viewer?: Pick<Account, 'token'>, sources: string[] = []) => {
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(origin + path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toContainText(/⟦|Cup|Olga|Team/);
      const known = [...written];
      // After the page: a message may arrive at any time.
      for (const source of sources) known.push(...(await backend.textsOf(viewer!, source)));
      found.push(...(await unknownTexts(page, known)).map((text) => `${path}: ${text}`));
    }
    return found;
  };

  const publicPages = [
    ...[
      '/sign-in',
      '/sign-up',
      '/forgot-password',
      '/reset-password#token=x',
      '/verify-email#token=x',
      '/there-is-nothing-here',
      '/unsubscribe?token=x',
    ],
    ...[`/sign-in?next=%2Fcompetitions%2F${open.id}`, `/competitions?search=${organizer.name.split(' ')[1]}`],
    ...competitions.map(({ id }) => `/competitions/${id}`),
  ];
  expect(await findUnmarked(publicPages)).toEqual([]);
  // The list shows the competitions of all tests.
  expect(await findUnmarked(['/', '/competitions'], me, ['/competitions?limit=100'])).toEqual([]);

  await page.evaluate(() => document.body.append('Planted'));
  expect(await unknownTexts(page, written)).toContain('Planted');

  await signIn(context, me.email);
  const own = [
    '/registrations',
    '/registrations?show=ended',
    '/mailbox',
    '/mailbox?show=unread',
    '/profile',
    invitation,
    guestLink,
    ...[`/competitions/${forTeams.id}/team`, '/join-team'],
  ];
  const ofMe = ['/mailbox', '/auth/sessions', '/auth/me'];
  const pagesOfMine = [open, full, upcoming, forTeams, applied, held].map(({ id }) => `/competitions/${id}`);
  expect(await findUnmarked([...own, ...pagesOfMine, `/tickets/${open.id}`], me, ofMe)).toEqual([]);
  await page.goto(`${origin}/registrations`);
  await page.getByRole('button', { name: new RegExp(`Leave ${open.title}`) }).click();
  await expect(page.getByRole('dialog')).toContainText('⟦');
  expect(await unknownTexts(page, written)).toEqual([]);

  await context.clearCookies();
  await signIn(context, organizer.email);
  const manage = `/organize/${full.id}`;
  const organizing = [
    ...[
      '/organize',
      manage,
      `${manage}?show=ended`,
      `${manage}?tab=statistics`,
      `${manage}/check-in`,
      `${manage}/day`,
      `${manage}/history`,
    ],
    ...[`${manage}/staff`, `/organize/${upcoming.id}/invitations`, `/organize/${upcoming.id}/imports`],
    ...[`/organize/${upcoming.id}/imports/${importId}`, `/organize/${applied.id}/applications`],
    ...['', `/${draftId}`, `/${sentId}`].map((part) => `${manage}/announcements${part}`),
    ...[`/organize/${forTeams.id}/teams`, `/competitions/${forTeams.id}/edit`],
    ...['/competitions/new', `/competitions/${open.id}/edit`, `/organize/${canceled.id}`, '/profile'],
    ...['/organize?show=drafts', `/organize/${draft.id}`, `/competitions/${draft.id}`, `/organizers/${organizer.id}`],
  ];
  expect(await findUnmarked(organizing, organizer, ['/auth/me', '/auth/sessions'])).toEqual([]);
});

/** What nobody would take for a word of the page by chance: the beginning of a message in a list. */
const EXCERPT_LENGTH = 30;
const INITIAL = /^\p{Lu}$/u;
/** On the axis of a chart: dates are formatted by the browser. */
const DAY = /^\d{1,2} [A-Z][a-z]{2,3}$/;

/** Texts that are neither from the catalogs nor among those that people have written. */
async function unknownTexts(page: Page, written: readonly string[]): Promise<string[]> {
  const longestFirst = written.map((text) => text.replace(/\s+/g, ' ')).sort((a, b) => b.length - a.length);
  const isWritten = (text: string) =>
    INITIAL.test(text) ||
    DAY.test(text) ||
    (text.length >= EXCERPT_LENGTH && longestFirst.some((one) => one.includes(text)));
  const rest = (text: string) => longestFirst.reduce((left, one) => left.replaceAll(one, ''), text);
  return (await unmarkedTexts(page)).filter((text) => !isWritten(text) && /\p{L}/u.test(rest(text)));
}
