/** The items of all pages of a list. The first page has no cursor, which is an empty text. */
export async function allItems<Item>(
  loadPage: (cursor: string) => Promise<{ items: readonly Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof loadPage>> = await loadPage(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
