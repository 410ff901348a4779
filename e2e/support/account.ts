import { type BrowserContext, type Cookie, expect, type Page } from '@playwright/test';
import { PASSWORD, unique } from './backend.js';
import { texts } from './texts.js';

const ACCESS_COOKIE = 'mc_access';
const accounts = texts('accounts');
const layout = texts('layout');

export async function signUpWithForm(
  page: Page,
  role?: 'Take part' | 'Organize',
): Promise<{ name: string; email: string }> {
  const name = unique('Pia');
  const email = `${name.toLowerCase().replace(' ', '-')}@example.org`;
  if (role) await page.getByRole('radio', { name: role }).check();
  await page.getByLabel(accounts('field.name')).fill(name);
  await page.getByLabel(accounts('field.email')).fill(email);
  await page.getByLabel(accounts('field.password'), { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: accounts('signUp.submit') }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-up');
  return { name, email };
}

export async function signInWithForm(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel(accounts('field.email')).fill(email);
  await page.getByLabel(accounts('field.password'), { exact: true }).fill(password);
  await page
    .getByRole('main')
    .getByRole('button', { name: accounts('signIn.submit') })
    .click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

export async function signOutWithMenu(page: Page): Promise<void> {
  await accountMenu(page).click();
  await page.getByRole('button', { name: layout('account.signOut') }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: layout('signIn'), exact: true })).toBeVisible();
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
