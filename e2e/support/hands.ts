import { expect, type Locator } from '@playwright/test';

/** How a person operates a page. */
export interface Hands {
  press(target: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

export const mouse: Hands = {
  press: (target) => target.click(),
  type: (field, text) => field.fill(text),
};

export const finger: Hands = {
  press: (target) => target.tap(),
  async type(field, text) {
    await field.tap();
    await field.fill(text);
  },
};

export const keyboard: Hands = {
  async press(target) {
    await reach(target);
    const isChoice = await target.evaluate((element) => element.matches('[type="checkbox"], [type="radio"]'));
    await target.page().keyboard.press(isChoice ? 'Space' : 'Enter');
  },
  async type(field, text) {
    await reach(field);
    await field.page().keyboard.insertText(text);
  },
};

/** More than any page needs to go around it once. */
const MAX_PRESSES = 200;

/** With the Tab key, forward or back, and among the radio buttons of a group with an arrow key. */
async function reach(target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  for (let presses = 0; presses < MAX_PRESSES; presses++) {
    const key = await target.evaluate((element) => {
      const active = document.activeElement;
      if (active === element) return null;
      const isInGroup =
        active?.matches('[type="radio"]') && active.getAttribute('name') === element.getAttribute('name');
      if (isInGroup) return 'ArrowDown';
      const isAbove = active && active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
      return isAbove ? 'Shift+Tab' : 'Tab';
    });
    if (key === null) return;
    await target.page().keyboard.press(key);
  }
  throw new Error(`The Tab key does not lead to ${target}`);
}
