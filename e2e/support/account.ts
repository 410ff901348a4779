import { type BrowserContext, type Cookie, expect, type Page } from '@playwright/test';
import { PASSWORD, unique } from './house.js';

const ACCESS_COOKIE = 'mc_access';

/** The form of a new account, filled in by hand. */
export async function signUpByHand(page: Page): Promise<{ name: string; email: string }> {
  const name = unique('Pia');
  const email = `${name.toLowerCase().replace(' ', '-')}@example.org`;
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-up');
  return { name, email };
}

export async function signInByHand(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

export async function signOutByHand(page: Page): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true })).toBeVisible();
}

/** In the header of every page, for people who are signed in. */
export const accountMenu = (page: Page) => page.getByRole('button', { name: /^Account of/ });

/** As the browser does by itself when the access token's time is over. */
export const expireAccessToken = (context: BrowserContext): Promise<void> =>
  context.clearCookies({ name: ACCESS_COOKIE });

export async function sessionCookies(context: BrowserContext): Promise<Cookie[]> {
  const cookies = await context.cookies();
  return cookies.filter(({ name }) => name.startsWith('mc_')).sort((a, b) => a.name.localeCompare(b.name));
}
