import { expect, type Page } from '@playwright/test';
import type { Account, Backend, Competition } from './backend.js';
import { texts } from './texts.js';

const door = texts('door');

/** A new participant who has a seat, with the ticket for it and its QR code. */
export async function registered(
  backend: Backend,
  { id }: Competition,
): Promise<Account & { ticket: string; svg: string }> {
  const person = await backend.signUp('PARTICIPANT');
  await backend.register(person, id);
  return { ...person, ...(await backend.ticketOf(person, id)) };
}

/** Names the door of this browser, or does nothing if it has a name, and waits for its list. */
export async function openDoor(page: Page, competitionId: string, name: string): Promise<void> {
  await page.goto(`/door/${competitionId}`);
  await page.getByLabel(door('setup.label')).fill(name);
  await page.getByRole('button', { name: door('setup.start') }).click();
  await expect(result(page)).toHaveAttribute('data-result', 'READY');
}

/** What the page shows about the latest scan. */
export const result = (page: Page) => page.locator('[data-result]');

/** As a hand scanner does: it types, whatever has the focus, and presses Enter. */
export async function scanWithHandScanner(page: Page, ticket: string): Promise<void> {
  await page.keyboard.type(ticket);
  await page.keyboard.press('Enter');
}

export async function expectResult(page: Page, kind: string, ...words: string[]): Promise<void> {
  await expect(result(page)).toHaveAttribute('data-result', kind);
  for (const word of words) await expect(result(page)).toContainText(word);
}

/** The number of scans that are not sent, which is always in sight. */
export const expectUnsent = (page: Page, count: number): Promise<void> =>
  expect(page.getByText(door('connection.unsent', { count }))).toBeVisible();

/** Until the page has been kept, it would not load again without a network. */
export async function waitUntilKept(page: Page): Promise<void> {
  const details = page.getByRole('button', { name: door('connection.details') });
  await details.click();
  await expect(page.getByText(door('connection.ready'))).toBeVisible();
  await details.click();
}
