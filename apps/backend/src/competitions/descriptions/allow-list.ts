import type { StateCore, Token } from 'markdown-it';

const REL = 'nofollow ugc noopener noreferrer';

const elements = (...tags: string[]) => Object.fromEntries(tags.map((tag) => [tag, []]));

/** The elements of a description with their attributes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...elements('p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'li', 'strong', 'em', 's', 'code'),
  ...elements('table', 'thead', 'tbody', 'tr'),
  ol: ['start'],
  th: ['style'],
  td: ['style'],
  a: ['href'],
};

/** Core rule, the last one: whatever the parser returns, nothing else is rendered. */
export function renderOnlyAllowed(state: StateCore): void {
  state.tokens = state.tokens.filter(isAllowed);
  for (const token of state.tokens) token.children = token.children?.filter(isAllowed) ?? null;
}

function isAllowed(token: Token): boolean {
  // Text and the like has no tag; the renderer escapes it.
  if (token.tag === '') return true;
  const attributes = Object.hasOwn(ALLOWED, token.tag) ? ALLOWED[token.tag] : undefined;
  if (attributes === undefined) return false;
  token.attrs = token.attrs?.filter(([name]) => attributes.includes(name)) ?? null;
  if (token.type === 'link_open') token.attrSet('rel', REL);
  return true;
}
