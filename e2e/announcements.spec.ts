import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.js';
import { type Account, signIn } from './support/backend.js';
import { type MailStack, startMailStack } from './support/mail-stack.js';
import { test as base, expect } from './support/test.js';
import { texts } from './support/texts.js';

const t = texts('announcements');
const acts = texts('acts');
const subscription = texts('subscription');

const test = base.extend<object, { stack: MailStack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const stack = await startMailStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
});

const undoBar = (page: Page) => page.getByRole('region', { name: acts('label') });
const previewButton = (page: Page) => page.getByRole('button', { name: t('form.preview'), exact: true });
const sendButton = (page: Page, count: number) => page.getByRole('button', { name: t('preview.send', { count }) });

/** The address in a mail after the words of its link. */
const linkIn = (text: string, path: string): string => new RegExp(`https?://\\S+/${path}\\S*`).exec(text)?.[0] ?? '';

async function subjectsTo(stack: MailStack, { id }: Account): Promise<unknown[]> {
  return stack.query(`SELECT title FROM mailbox_messages WHERE kind = 'ANNOUNCEMENT' AND user_id = $1`, [id]);
}

/** Moves the end of the time for an undo. */
const setUndoTime = (stack: MailStack, seconds: number) =>
  stack.query(
    `WITH act AS (
       UPDATE pending_acts SET due_at = now() + make_interval(secs => $1) WHERE done_at IS NULL AND undone_at IS NULL
       RETURNING outbox_id
     ), due AS (
       UPDATE outbox SET due_at = now() + make_interval(secs => $1)
       WHERE id IN (SELECT outbox_id FROM act) AND settled_at IS NULL
     )
     SELECT pg_notify('outbox', '')`,
    [seconds],
  );

test('BM-04 a manager writes, previews, tests, sends and undoes; sends again and stops it; a person reads it and unsubscribes', async ({
  page,
  context,
  newContext,
  stack,
  backend,
}) => {
  test.setTimeout(180_000);
  const organizer = await backend.signUp('ORGANIZER');
  await stack.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [organizer.id]);
  const competition = await backend.createCompetition(organizer, { capacity: 20 });
  const people: Account[] = [];
  for (let n = 0; n < 8; n++) {
    const person = await backend.signUp('PARTICIPANT');
    await stack.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [person.id]);
    await backend.register(person, competition.id);
    people.push(person);
  }
  const [reader] = people as [Account, ...Account[]];
  await stack.mailTo(reader.email, 2);

  await signIn(context, organizer.email);
  await page.goto(`/organize/${competition.id}`);
  await page.getByRole('link', { name: t('title') }).click();
  await page.getByRole('link', { name: t('create') }).click();
  await page.getByLabel(t('form.subject')).fill('Where {{competition}} starts');
  await page.getByLabel(t('form.body')).fill('Hello {{nme}}, bring **water**.');
  await previewButton(page).click();
  await expect(page.getByText('Use only the placeholders from the list.')).toBeVisible();
  await page.getByLabel(t('form.body')).fill(', bring **water**.');
  await page.getByLabel(t('form.body')).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(0, 0));
  await page.getByRole('button', { name: t('form.placeholder.name') }).click();
  await expect(page.getByLabel(t('form.body'))).toHaveValue('{{name}}, bring **water**.');
  await previewButton(page).click();
  await expect(page.getByRole('heading', { name: t('preview.recipients', { count: 8 }) })).toBeFocused();
  await expect(page.getByText(`${reader.name}, bring water.`)).toBeVisible();
  await expectAccessible(page, 'preview of an announcement');

  await page.getByRole('button', { name: t('form.test') }).click();
  await expect(page.getByText(t('form.testSent', { email: organizer.email }))).toBeVisible();
  await expect.poll(() => subjectsTo(stack, organizer)).toEqual([{ title: `Test: Where ${competition.title} starts` }]);

  await previewButton(page).click();
  await sendButton(page, 8).click();
  await expect(undoBar(page)).toContainText(acts('announcement', { count: 8 }));
  await setUndoTime(stack, 120);
  await undoBar(page)
    .getByRole('button', { name: acts('undo') })
    .click();
  await expect(page.getByText(acts('undoneAnnouncement'))).toBeVisible();
  await expect(page.getByLabel(t('form.subject'))).toHaveValue('Where {{competition}} starts');

  stack.holdMail();
  await previewButton(page).click();
  await sendButton(page, 8).click();
  await expect(undoBar(page)).toBeVisible();
  await setUndoTime(stack, 0);
  await expect(page.getByText(t('sent.progress', { written: 8, total: 8 }))).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'an announcement that is being sent');
  await page.getByRole('button', { name: t('sent.stop') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('sent.stop') })
    .click();
  await expect(page.getByText(t('state.STOPPED'), { exact: true })).toBeVisible();
  stack.resumeMail();

  // Another one, which goes out.
  await page.getByRole('link', { name: t('back') }).click();
  await page.getByRole('link', { name: t('create') }).click();
  await page.getByLabel(t('form.subject')).fill('Doors open at ten');
  await page.getByLabel(t('form.body')).fill('See you **there**, {{name}}.');
  await previewButton(page).click();
  await sendButton(page, 8).click();
  await setUndoTime(stack, 0);
  await expect(page.getByText(t('state.SENT'), { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row').filter({ hasText: reader.name })).toContainText(t('sent.delivery.sent'), {
    timeout: 30_000,
  });

  const other = await newContext({ baseURL: stack.url });
  await signIn(other, reader.email);
  const readerPage = await other.newPage();
  await readerPage.goto('/mailbox');
  await readerPage.getByRole('link', { name: /Doors open at ten/ }).click();
  await expect(readerPage.getByRole('article').getByText('there', { exact: true })).toBeVisible();
  await readerPage.goto(`/competitions/${competition.id}`);
  await expect(readerPage.getByRole('heading', { name: t('published') })).toBeVisible();
  await expect(readerPage.getByText('See you there, everyone.')).toBeVisible();

  const { text = '' } = await stack.mailAbout(reader.email, 'Doors open at ten');
  await readerPage.goto(linkIn(text, 'unsubscribe'));
  await expect(readerPage.getByRole('heading', { name: subscription('question') })).toBeVisible();
  await expectAccessible(readerPage, 'unsubscribing');
  await readerPage.getByRole('button', { name: subscription('confirm') }).click();
  await expect(readerPage.getByRole('heading', { name: subscription('doneTitle') })).toBeFocused();
  await page.getByRole('link', { name: t('back') }).click();
  await page.getByRole('link', { name: t('create') }).click();
  await page.getByLabel(t('form.subject')).fill('One more thing');
  await page.getByLabel(t('form.body')).fill('See you.');
  await previewButton(page).click();
  await expect(page.getByRole('heading', { name: t('preview.recipients', { count: 7 }) })).toBeVisible();
  await expect(page.getByText(t('preview.reason.UNSUBSCRIBED', { count: 1 }))).toBeVisible();
  await readerPage.getByRole('button', { name: subscription('undo') }).click();
  await expect(readerPage.getByRole('heading', { name: subscription('undoneTitle') })).toBeFocused();
});
