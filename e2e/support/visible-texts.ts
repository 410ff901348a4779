import type { Page } from '@playwright/test';

const ATTRIBUTES = ['aria-label', 'aria-description', 'alt', 'placeholder', 'title'];
/** Dates are formatted by the browser; options with a language are languages, each in itself. */
const SKIPPED = 'script, style, noscript, time, option[lang], #timeZone option';

/**
 * Texts and attributes with letters outside ⟦ and ⟧, with which the pseudo-language marks the texts of the catalogs.
 * A marked text may contain elements, so the brackets are counted in the order of the document.
 */
export function unmarkedTexts(page: Page): Promise<string[]> {
  return page.evaluate(
    ([attributes, skipped]) => {
      const unmarked: string[] = [];
      const readText = (text: string, depth: number): number => {
        let outside = '';
        let inside = depth;
        for (const character of text) {
          if (character === '⟦') inside++;
          else if (character === '⟧') inside--;
          else if (inside === 0) outside += character;
        }
        if (/\p{L}/u.test(outside)) unmarked.push(outside.trim().replace(/\s+/g, ' '));
        return inside;
      };
      readText(document.title, 0);
      const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
        node instanceof Element && node.matches(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
      );
      let depth = 0;
      for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
        if (node instanceof Element)
          for (const attribute of attributes) readText(node.getAttribute(attribute) ?? '', 0);
        else depth = readText(node.textContent ?? '', depth);
      return unmarked;
    },
    [ATTRIBUTES, SKIPPED] as const,
  );
}
