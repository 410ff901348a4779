import type { StateCore, Token } from 'markdown-it';

/** Core rule: an image from another server would disclose the visitors of the page to that server, so it becomes a link. */
export function replaceImagesByLinks(state: StateCore): void {
  for (const token of state.tokens) {
    if (!token.children?.some(({ type }) => type === 'image')) continue;
    let isInLink = false;
    token.children = token.children.flatMap((child) => {
      if (child.tag === 'a') isInLink = child.nesting === 1;
      return child.type === 'image' ? linkTo(child, isInLink, state) : [child];
    });
  }
}

/** Inside a link only the text, because HTML has no links in links. */
function linkTo(image: Token, isInLink: boolean, { Token, md, env }: StateCore): Token[] {
  const address = String(image.attrGet('src') ?? '');
  const text = new Token('text', '', 0);
  text.content = md.renderer.renderInlineAsText(image.children ?? [], md.options, env) || address;
  if (isInLink) return [text];
  const begin = new Token('link_open', 'a', 1);
  begin.attrSet('href', address);
  return [begin, text, new Token('link_close', 'a', -1)];
}
