import MarkdownIt, { type RendererRule, type StateBlock } from 'markdown-it';
import { renderOnlyAllowed } from './allow-list.js';
import { moveHeadingsBelowTitle } from './headings.js';
import { replaceImagesByLinks } from './images.js';

/** Increase with every change of the output: HTML that another version has stored is not shown. */
export const RENDERER_VERSION = 1;

/** Levels of quotes and lists, of which a list takes two. The lines in a level are read once more for each level. */
const MAX_NESTING = 20;
/** A quote may read all the lines after it, which the next quote then reads again. */
const MAX_QUOTES = 100;
/** A table fills up its short rows: a text of the allowed length could become 200,000 tokens. */
const MAX_TOKENS = 10_000;
/** A link definition is copied to wherever its label is used: a text of the allowed length could become 24 MB. */
const MAX_HTML = 200_000;
const MAX_WEB_ADDRESS = 2_000;

const ALLOWED_SCHEME = /^(?:https?|mailto):/i;
/** What may be before `www.`, as in GitHub Flavored Markdown. */
const BEGINS_ADDRESS = /^[\s(*_~]?$/;
const ANY_SCHEME = /^[^/?#]*:/;

class LimitExceeded extends Error {}

class LimitedBlocks extends MarkdownIt.StateBlock {
  private quotes = 0;

  override push(...parts: Parameters<StateBlock['push']>) {
    const token = super.push(...parts);
    if (token.type === 'blockquote_open') this.quotes++;
    // Without this error, the parser would drop the text that is nested deeper.
    if (this.level >= MAX_NESTING || this.tokens.length > MAX_TOKENS || this.quotes > MAX_QUOTES)
      throw new LimitExceeded();
    return token;
  }
}

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting: MAX_NESTING });
const { escapeHtml } = parser.utils;
parser.block.State = LimitedBlocks;
parser.validateLink = (url) => ALLOWED_SCHEME.test(url) || !ANY_SCHEME.test(url);
parser.linkify
  .add('ftp:')
  .add('//')
  .add('www.', {
    // The parser asks at each `www.`: with the whole rest of the text, it would take quadratic time.
    validate: (text, at, linkify) =>
      BEGINS_ADDRESS.test(text.charAt(at - 'www.'.length - 1))
        ? Math.max(
            0,
            linkify.testSchemaAt(`http://${text.slice(at, at + MAX_WEB_ADDRESS)}`, 'http:', 'http:'.length) - 2,
          )
        : 0,
    normalize: (match) => {
      match.url = `http://${match.url}`;
    },
  });
parser.core.ruler.push('images', replaceImagesByLinks);
parser.core.ruler.push('headings', moveHeadingsBelowTitle);
parser.core.ruler.push('allow_list', renderOnlyAllowed);

// Wide content scrolls in its own box, so that the page does not scroll sideways. The box has to be reachable by keyboard.
const code: RendererRule = (tokens, index) =>
  `<pre tabindex="0"><code>${escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
const { text, softbreak, hardbreak, code_inline } = parser.renderer.rules;
parser.renderer.rules = {
  ...{ text, softbreak, hardbreak, code_inline },
  code_block: code,
  fence: code,
  table_open: () => '<div tabindex="0"><table>\n',
  table_close: () => '</table></div>\n',
} as Record<string, RendererRule>;

/** Safe HTML, in linear time. A text that exceeds a limit is rendered as typed. */
export function renderMarkdown(markdown: string): string {
  try {
    const html = parser.render(markdown);
    return html.length <= MAX_HTML ? html : asTyped(markdown);
  } catch (error) {
    if (error instanceof LimitExceeded) return asTyped(markdown);
    throw error;
  }
}

function asTyped(markdown: string): string {
  const paragraphs = markdown
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .filter(Boolean);
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>\n')}</p>\n`).join('');
}
