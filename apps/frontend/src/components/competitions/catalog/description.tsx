import type { ComponentProps } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

const components: Components = {
  a: ({ href, children }: ComponentProps<'a'>) => (
    <a href={href} rel="nofollow ugc noopener noreferrer">
      {children}
    </a>
  ),
  // A picture on somebody else's server would tell it who reads this page.
  img: ({ src, alt }: ComponentProps<'img'>) =>
    typeof src === 'string' ? (
      <a href={src} rel="nofollow ugc noopener noreferrer">
        {alt || 'Picture'}
      </a>
    ) : null,
  // What is wide scrolls within itself, also by keyboard.
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section tabIndex={0} aria-label="As typed" className="overflow-x-auto rounded-md bg-sunken">
      <pre>{children}</pre>
    </section>
  ),
};

type Node = { type: string; tagName?: string; children?: Node[] };

/** The page's first heading is the title: what the organizer wrote begins one below it and skips no level. */
function belowTheTitle() {
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

/** The organizer's Markdown, rendered on the server; HTML in it is shown as text. */
export function Description({ markdown }: { markdown: string }) {
  return (
    <div className="prose">
      <Markdown remarkPlugins={[remarkGfm]} components={components} rehypePlugins={[belowTheTitle]}>
        {markdown}
      </Markdown>
    </div>
  );
}

/** The first words of the description without its marks, for search engines and cards. */
export function plainText(markdown: string, length = 160): string {
  const text = markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[#>*_`|~-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;
}
