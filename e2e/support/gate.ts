import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, inEachLook, PHONE } from './test.js';

interface GateState {
  /** The words that have to be there, whichever the look. */
  says: (string | RegExp)[];
  /** What can be pressed to get in, and what can only be seen. Without either, nothing is offered. */
  offers?: string;
  withholds?: string;
  /** Where a link leads on instead of a button. */
  links?: string[];
}

const GATE = 'section[aria-label="Registration"]';
export const gateOf = (page: Page): Locator => page.locator(GATE);

const ENTRANCES = /^(Register|Registering|Join the line|Joining the line|No seat left)$/;

/** The gate of a competition's page as it stands: its words, its one button, and no barrier in either look. */
export async function expectGate(page: Page, where: string, state: GateState): Promise<void> {
  await inEachLook(page, async (look) => {
    const gate = gateOf(page);
    for (const words of state.says) await expect(gate).toContainText(words, { useInnerText: true });
    await expectEntrance(gate, state);
    for (const name of state.links ?? []) await expect(gate.getByRole('link', { name, exact: true })).toBeVisible();
    await expectAccessible(page, `${where} (${look})`, GATE);
    // The bar at the lower edge of a phone must not lie over what stands last.
    if (page.viewportSize()?.width === PHONE.width)
      await page.getByRole('contentinfo').getByRole('link', { name: 'API' }).click({ trial: true, timeout: 3000 });
  });
}

async function expectEntrance(gate: Locator, { offers, withholds }: GateState): Promise<void> {
  const entrances = gate.getByRole('button', { name: ENTRANCES });
  if (offers === undefined && withholds === undefined) return expect(entrances).toHaveCount(0);
  await expect(entrances).toHaveText([offers ?? withholds ?? '']);
  if (offers) await expect(entrances).toBeEnabled();
  else await expect(entrances).toBeDisabled();
}
