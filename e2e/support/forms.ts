import type { Page } from '@playwright/test';

/** Types six in the evening of a day into the two fields of a date and time. */
export async function fillDateTime(page: Page, name: string | RegExp, day: string): Promise<void> {
  const field = page.getByRole('group', { name });
  await field.getByLabel('Date', { exact: true }).fill(day.slice(0, 10));
  await field.getByLabel('Time', { exact: true }).fill('18:00');
}
