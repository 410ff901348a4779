import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible, inEachAppearance, PHONE } from './accessibility.js';

interface PanelState {
  /** Texts that the panel contains. */
  texts: (string | RegExp)[];
  /** The name of the one button to register or join the waitlist; without either of these, there is none. */
  enabledButton?: string;
  disabledButton?: string;
  links?: string[];
}

const PANEL = 'section[aria-label="Registration"]';
const BUTTONS = /^(Register|Registering|Join the line|Joining the line|No seat left)$/;

export const pathOf = ({ id }: { id: string }): string => `/competitions/${id}`;

export async function openCompetition(page: Page, competition: { id: string }): Promise<void> {
  await page.goto(pathOf(competition));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

export const registrationPanel = (page: Page): Locator => page.locator(PANEL);

export const panelButton = (page: Page, name = 'Register'): Locator =>
  registrationPanel(page).getByRole('button', { name, exact: true });

export const connectionStatus = (page: Page, text: string): Locator =>
  registrationPanel(page).getByRole('status').getByText(text, { exact: true });

export const seatsGraphic = (page: Page, name: string): Locator => registrationPanel(page).getByRole('img', { name });

export const registeredHeading = (page: Page): Locator =>
  registrationPanel(page).getByRole('heading', { name: 'You are in' });

/** Checks the texts, the button, the links and the accessibility of the panel in each appearance. */
export async function expectPanel(page: Page, name: string, state: PanelState): Promise<void> {
  await inEachAppearance(page, async (appearance) => {
    const panel = registrationPanel(page);
    for (const text of state.texts) await expect(panel).toContainText(text, { useInnerText: true });
    await expectButton(panel, state);
    for (const link of state.links ?? [])
      await expect(panel.getByRole('link', { name: link, exact: true })).toBeVisible();
    await expectAccessible(page, `${name} (${appearance})`, PANEL);
    // On a phone, the bar at the bottom must not cover the last link of the page.
    if (page.viewportSize()?.width === PHONE.width)
      await page.getByRole('contentinfo').getByRole('link', { name: 'API' }).click({ trial: true, timeout: 3000 });
  });
}

async function expectButton(panel: Locator, { enabledButton, disabledButton }: PanelState): Promise<void> {
  const buttons = panel.getByRole('button', { name: BUTTONS });
  if (enabledButton === undefined && disabledButton === undefined) return expect(buttons).toHaveCount(0);
  await expect(buttons).toHaveText([enabledButton ?? disabledButton ?? '']);
  if (enabledButton) await expect(buttons).toBeEnabled();
  else await expect(buttons).toBeDisabled();
}
