/**
 * Which competitions `c` everybody finds: in lists, searches, totals, the sitemap and on the page of their organizer.
 * Written as in the indexes `listed_by_…`: with another condition the planner would not use them.
 */
export const IS_LISTED = `c.deleted_at IS NULL AND c.visibility = 'PUBLIC'`;

/** Which competitions `c` nobody may see but their staff. */
export const IS_DRAFT = `c.visibility = 'DRAFT'`;
