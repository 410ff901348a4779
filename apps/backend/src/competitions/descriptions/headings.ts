import type { StateCore } from 'markdown-it';

/** Core rule: the headings of the description start at h2, below the title of the page, and skip no level. */
export function moveHeadingsBelowTitle({ tokens }: StateCore): void {
  const levels = tokens.flatMap(({ type, tag }) => (type === 'heading_open' ? [Number(tag.slice(1))] : []));
  const shift = 2 - levels.reduce((highest, level) => Math.min(highest, level), 6);
  let current = 1;
  for (const token of tokens) {
    if (token.type === 'heading_open')
      current = Math.min(6, current + 1, Math.max(2, Number(token.tag.slice(1)) + shift));
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${current}`;
  }
}
