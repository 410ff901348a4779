import { inDays, signIn } from './support/house.js';
import { expect, expectAccessible, test } from './support/test.js';

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 375, height: 800 } },
  { colorScheme: 'light', viewport: { width: 375, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
] as const;

for (const { colorScheme, viewport } of LOOKS)
  test.describe(`${colorScheme}, ${viewport.width} px`, () => {
    test.use({ colorScheme, viewport });

    test('pages that anybody reads have no barrier', async ({ page, house }) => {
      const organizer = await house.signUp('ORGANIZER');
      const states = {
        open: await house.aCompetition(organizer, { tags: ['chess'], location: 'Hall 1' }),
        full: await house.aCompetition(organizer, { capacity: 1 }),
        later: await house.aCompetition(organizer, { regOpensAt: inDays(1) }),
      };
      await house.register(await house.signUp('PARTICIPANT'), states.full.id);
      const paths = [
        '/',
        '/competitions',
        '/competitions?search=nothing-like-it',
        '/sign-in',
        '/sign-up',
        '/forgot-password',
      ];
      paths.push('/reset-password#token=x', '/leave?token=x', '/there-is-nothing-here');
      for (const { id } of Object.values(states)) paths.push(`/competitions/${id}`);
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
        await expectAccessible(page, path);
      }
    });

    test('pages of people with an account have no barrier', async ({ page, context, house }) => {
      const [organizer, me] = [await house.signUp('ORGANIZER'), await house.signUp('PARTICIPANT')];
      const mine = await house.aCompetition(organizer, { capacity: 1 });
      await house.register(me, mine.id);
      const waiting = await house.aCompetition(organizer, { capacity: 1 });
      await house.register(await house.signUp('PARTICIPANT'), waiting.id);
      await house.register(me, waiting.id, true);
      await signIn(context, me.email);
      const competitions = [`/competitions/${mine.id}`, `/competitions/${waiting.id}`];
      for (const path of ['/registrations', '/registrations?show=ended', '/mailbox', '/profile', ...competitions]) {
        await page.goto(path);
        await expectAccessible(page, path);
      }
      await page.goto('/registrations');
      await page.getByRole('button', { name: `Leave ${mine.title}` }).click();
      await expectAccessible(page, 'the question of leaving');

      await context.clearCookies();
      await signIn(context, organizer.email);
      const one = `/organize/${mine.id}`;
      for (const path of ['/organize', one, `${one}?tab=waiting`, `${one}?tab=statistics`, `${one}?tab=settings`]) {
        await page.goto(path);
        await expectAccessible(page, path);
      }
      for (const path of ['/competitions/new', `/competitions/${mine.id}/edit`, `/competitions/${mine.id}`]) {
        await page.goto(path);
        await expectAccessible(page, path);
      }
    });
  });

test('the first JavaScript of a competition’s page is under 180 kB', async ({ page, house }) => {
  const { id } = await house.aCompetition(await house.signUp('ORGANIZER'));
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(`/competitions/${id}`, { waitUntil: 'load' });
  await expect(page.getByText('Live')).toBeVisible();
  expect(scripts.size).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(180 * 1024);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a competition can be read', async ({ page, house }) => {
    const organizer = await house.signUp('ORGANIZER');
    const { id, title } = await house.aCompetition(organizer, { location: 'Hall 7' });
    await page.goto(`/competitions/${id}`);
    await expect(page).toHaveTitle(new RegExp(title));
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByText('Hall 7')).toBeVisible();
    await expect(page.getByText('of 5 seats left', { exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: '5 of 5 seats left' })).toBeVisible();
  });
});
