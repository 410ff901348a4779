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
