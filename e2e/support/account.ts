import { type BrowserContext, type Cookie, expect, type Page } from '@playwright/test';
import { PASSWORD, unique } from './backend.js';

const ACCESS_COOKIE = 'mc_access';

export async function signUpWithForm(page: Page, role?: 'Take part' | 'Organize'): Promise<{ email: string }> {
  const name = unique('Pia');
  const email = `${name.toLowerCase().replace(' ', '-')}@example.org`;
  if (role) await page.getByRole('radio', { name: role }).check();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-up');
  return { email };
}

export async function signInWithForm(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

export async function signOutWithMenu(page: Page): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true })).toBeVisible();
}

/** In the header of every page while signed in. */
export const accountMenu = (page: Page) => page.getByRole('button', { name: /^Account of/ });

/** Browsers drop the cookie when the access token expires. */
export const expireAccessToken = (context: BrowserContext): Promise<void> =>
  context.clearCookies({ name: ACCESS_COOKIE });

export async function sessionCookies(context: BrowserContext): Promise<Cookie[]> {
  const cookies = await context.cookies();
  return cookies.filter(({ name }) => name.startsWith('mc_')).sort((a, b) => a.name.localeCompare(b.name));
}
