import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible, inEachAppearance, PHONE } from './accessibility.js';
import { texts } from './texts.js';

interface PanelState {
  /** Texts that the panel contains. */
  texts: (string | RegExp)[];
  /** The one button to register or join the waitlist; without either of these, there is none. */
  enabledButton?: string;
  /** It keeps the keyboard focus, which a button that is really disabled loses. */
  inactiveButton?: string;
  links?: string[];
  /** Buttons that open a menu. */
  menus?: string[];
}

const PANEL = 'section[aria-label="Registration"]';
const panel = texts('panel');
const BUTTONS = /^(Register|Registering…|Join the waitlist|Joining the waitlist…|No seats left|Apply|Confirm my seat)$/;

export const pathOf = ({ id }: { id: string }): string => `/competitions/${id}`;

export async function openCompetition(page: Page, competition: { id: string }): Promise<void> {
  await page.goto(pathOf(competition));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

export const registrationPanel = (page: Page): Locator => page.locator(PANEL);

export const panelButton = (page: Page, name: string = panel('action.register')): Locator =>
  registrationPanel(page).getByRole('button', { name, exact: true });

export const connectionStatus = (page: Page, text: string): Locator =>
  registrationPanel(page).getByRole('status').getByText(text, { exact: true });

export const seatsGraphic = (page: Page, name: string): Locator => registrationPanel(page).getByRole('img', { name });

/** Signed-out visitors get a link instead of the button: it leads through sign-up. */
export const visitorButton = (page: Page, name: string = panel('action.register')): Locator =>
  registrationPanel(page).getByRole('link', { name, exact: true });

export const registeredHeading = (page: Page): Locator =>
  registrationPanel(page).getByRole('heading', { name: panel('mine.registered') });

/** Checks the texts, the button, the links and the accessibility of the panel in each appearance. */
export async function expectPanel(page: Page, name: string, state: PanelState): Promise<void> {
  await inEachAppearance(page, async (appearance) => {
    const area = registrationPanel(page);
    for (const text of state.texts) await expect(area).toContainText(text, { useInnerText: true });
    await expectButton(area, state);
    for (const link of state.links ?? [])
      await expect(area.getByRole('link', { name: link, exact: true })).toBeVisible();
    for (const menu of state.menus ?? [])
      await expect(area.getByRole('button', { name: menu, exact: true })).toBeVisible();
    await expectAccessible(page, `${name} (${appearance})`, { part: PANEL });
    // On a phone, the bar at the bottom must not cover the last link of the page.
    if (page.viewportSize()?.width === PHONE.width)
      await page.getByRole('contentinfo').getByRole('link', { name: 'API' }).click({ trial: true, timeout: 20_000 });
  });
}

async function expectButton(area: Locator, { enabledButton, inactiveButton }: PanelState): Promise<void> {
  const buttons = area.getByRole('button', { name: BUTTONS });
  if (enabledButton === undefined && inactiveButton === undefined) return expect(buttons).toHaveCount(0);
  await expect(buttons).toHaveText([enabledButton ?? inactiveButton ?? '']);
  if (enabledButton) return expect(buttons).toBeEnabled();
  await expect(buttons).toHaveAttribute('aria-disabled', 'true');
  await buttons.focus();
  await expect(buttons).toBeFocused();
}
