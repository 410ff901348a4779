import { signIn } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const common = texts('common');

test.describe('PG-01: an address of older clients and documents leads to its page', () => {
  test('sign-in and sign-up keep where one wanted to go, and the role', async ({ page }) => {
    await page.goto('/auth/login?next=%2Fmailbox');
    await expect(page).toHaveURL('/sign-in?next=%2Fmailbox');
    await page.goto('/auth/signup?role=organizer');
    await expect(page).toHaveURL('/sign-up?role=organizer');
    await expect(page.getByRole('radio', { name: 'Organize' })).toBeChecked();
  });

  test('the form for a competition', async ({ page, context, organizer }) => {
    await signIn(context, organizer.email);
    await page.goto('/competitions/create');
    await expect(page).toHaveURL('/competitions/new');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('the dashboard of each role, and sign-in for the signed-out', async ({ newContext, backend, organizer }) => {
    const participant = await backend.signUp('PARTICIPANT');
    const admin = await backend.createAdmin();
    const pages = [
      { path: '/registrations', ...participant, password: undefined },
      { path: '/organize', ...organizer, password: undefined },
      { path: '/admin/jobs', ...admin },
    ];
    for (const { path, email, password } of pages) {
      const context = await newContext();
      await signIn(context, email, password);
      const page = await context.newPage();
      await page.goto('/dashboard');
      await expect(page).toHaveURL(path);
    }
    const visitor = await (await newContext()).newPage();
    await visitor.goto('/dashboard');
    await expect(visitor).toHaveURL('/sign-in?next=%2Fdashboard');
  });
});

test('PG-02: a date goes into a calendar as a file, or by a link to an online calendar', async ({
  page,
  context,
  backend,
  competition,
}) => {
  const me = await backend.signUp('PARTICIPANT');
  await backend.register(me, competition.id);
  await signIn(context, me.email);
  for (const [path, button] of [
    [`/competitions/${competition.id}`, common('calendar.add')],
    ['/registrations', `Add to calendar: ${competition.title}`],
  ] as const) {
    await page.goto(path);
    await page.getByRole('button', { name: button, exact: true }).press('Enter');
    const menu = page.getByRole('menu');
    await expect(menu.getByRole('menuitem')).toHaveText([
      common('calendar.file'),
      common('calendar.google'),
      common('calendar.outlook'),
    ]);
    const google = await menu.getByRole('menuitem', { name: common('calendar.google') }).getAttribute('href');
    const entry = new URL(google ?? '').searchParams;
    expect([entry.get('text'), new URL(entry.get('details') ?? '').pathname]).toEqual([
      competition.title,
      `/competitions/${competition.id}`,
    ]);
    const download = page.waitForEvent('download');
    await menu.getByRole('menuitem', { name: common('calendar.file') }).press('Enter');
    expect((await download).suggestedFilename()).toMatch(/\.ics$/);
  }
});
