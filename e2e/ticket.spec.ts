import { signOutWithMenu } from './support/account.js';
import { signIn } from './support/backend.js';
import { registered } from './support/door.js';
import { expect, test } from './support/test.js';

test('a ticket that has been opened once loads without a network, until its person signs out', async ({
  context,
  page,
  backend,
  competition,
}) => {
  const person = await registered(backend, competition);
  await signIn(context, person.email);
  await page.goto('/registrations');
  await page.locator(`a[href="/tickets/${competition.id}"]`).click();
  await expect(page.getByRole('main').getByText(person.name)).toBeVisible();
  const isKept = () =>
    page.evaluate(async (path) => (await caches.match(`${path}?files`)) !== undefined, `/tickets/${competition.id}`);
  await expect.poll(isKept).toBe(true);
  await context.setOffline(true);
  const later = await context.newPage();
  await later.goto(`/tickets/${competition.id}`);
  await expect(later.getByRole('main').getByText(person.name)).toBeVisible();
  await expect(later.getByRole('heading', { name: competition.title })).toBeVisible();
  await context.setOffline(false);
  await page.goto('/');
  await signOutWithMenu(page);
  await context.setOffline(true);
  await expect(later.reload()).rejects.toThrow('net::ERR_');
});
