import type { ComponentProps } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { isCheapMarkdown } from './description-limits';

const components: Components = {
  a: ({ href, children }: ComponentProps<'a'>) => (
    <a href={href} rel="nofollow ugc noopener noreferrer">
      {children}
    </a>
  ),
  // An image from another server would disclose this page's visitors to that server, so only a link is rendered.
  img: ({ src, alt }: ComponentProps<'img'>) =>
    typeof src === 'string' ? (
      <a href={src} rel="nofollow ugc noopener noreferrer">
        {alt || 'Picture'}
      </a>
    ) : null,
  // Wide content scrolls in its own box, so that the page does not scroll sideways.
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
    <section tabIndex={0} aria-label="As typed" className="overflow-x-auto rounded-md bg-sunken">
      <pre>{children}</pre>
    </section>
  ),
};

type Node = { type: string; tagName?: string; children?: Node[] };

/** Rehype plugin: the headings of the description start at h2, below the title of the page, and skip no level. */
function demoteHeadings() {
  return (tree: Node) => {
    const headings = (tree.children ?? []).filter(({ tagName }) => /^h[1-6]$/.test(tagName ?? ''));
    const levels = headings.map(({ tagName }) => Number(tagName?.[1]));
    const shift = 2 - Math.min(...levels);
    let previous = 1;
    headings.forEach((heading, index) => {
      previous = Math.min(6, previous + 1, Math.max(2, (levels[index] ?? 2) + shift));
      heading.tagName = `h${previous}`;
    });
  };
}

/** The organizer's Markdown. HTML in it is escaped. */
export function Description({ markdown }: { markdown: string }) {
  return (
    <div className="prose">
      {isCheapMarkdown(markdown) ? (
        <Markdown remarkPlugins={[remarkGfm]} components={components} rehypePlugins={[demoteHeadings]}>
          {markdown}
        </Markdown>
      ) : (
        <AsTyped text={markdown} />
      )}
    </div>
  );
}

/** Paragraphs of text that would take seconds to parse as Markdown. */
function AsTyped({ text }: { text: string }) {
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n(?:[ \t]*\n)+/);
  return paragraphs.map((paragraph, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text never change their order
    <p key={i} className="whitespace-pre-line">
      {paragraph}
    </p>
  ));
}

/** The beginning of the description without Markdown syntax, for search engines and link previews. */
export function plainText(markdown: string, length = 160): string {
  const text = markdown
    // Without this limit, the search for the end of each `[` would take quadratic time.
    .slice(0, 20 * length)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[#>*_`|~-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;
}
