/** The beginning of a text without Markdown syntax, for search engines, link previews and lists. */
export function plainText(markdown: string, length = 160): string {
  const text = markdown
    // Without this limit, the search for the end of each `[` would take quadratic time.
    .slice(0, 20 * length)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    // Lists and lines, but not the hyphens of names.
    .replace(/^[ \t]*-+(?=\s)/gm, ' ')
    .replace(/[#>|]+/g, ' ')
    // Emphasis ends before a full stop or comma, but `_` is also part of names.
    .replace(/[*`~]+|\b_+|_+\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;
}
