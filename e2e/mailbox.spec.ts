import { signInAsParticipant } from './support/backend.js';
import { expect, test } from './support/test.js';
import { texts } from './support/texts.js';

const layout = texts('layout');

test('U17 the header counts unread messages, and the list shows how each begins', async ({
  page,
  context,
  backend,
  competition,
}) => {
  const me = await signInAsParticipant(context, backend);
  const mailboxLink = page.getByRole('banner').getByRole('link', { name: layout('mailbox') });
  const expectUnread = (count: number, timeout = 20_000) =>
    expect(mailboxLink).toHaveAccessibleName(new RegExp(layout('unread', { count })), { timeout });
  await backend.register(me, competition.id);
  // About the new sign-in and the registration; both are written by the worker.
  await expect(async () => {
    await page.goto('/competitions');
    await expectUnread(2, 2000);
  }).toPass({ timeout: 60_000 });

  await mailboxLink.click();
  const message = page.getByRole('listitem').filter({ hasText: `You’re in: ${competition.title}` });
  await expect(message).toContainText(`Your seat in ${competition.title} is confirmed.`);
  await expect(message.getByText('Unread:')).toBeAttached();
  await message.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 2, name: `You’re in: ${competition.title}` })).toBeFocused();
  await expectUnread(1);

  await page.getByRole('button', { name: 'Mark as unread' }).click();
  await expectUnread(2);
});
