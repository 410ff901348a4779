import type { CompetitionSort, StatusFilter } from '@mini-compete/shared/competitions';
import { query } from '@/lib/api/query';
import { getParam, type SearchParams } from '@/lib/search-params';

export const STATUS_CHOICES: readonly StatusFilter[] = ['all', 'open', 'upcoming', 'full', 'closed'];
export const SORT_CHOICES: readonly CompetitionSort[] = ['deadline', 'start', 'newest', 'popular'];

export const PAGE_SIZE = 20;
/** Items on one page. "Show more" lengthens the page up to this number and then goes to the next page. */
export const MAX_SHOWN = 100;

/** The search, filters and page in the URL of the list. */
export type ListQuery = {
  search: string;
  tags: string[];
  status: StatusFilter;
  sort: CompetitionSort;
  /** Number of items on the page. */
  show: number;
  /** Cursor of the page; empty for the first one. */
  after: string;
};

/** Invalid parameters get their default. */
export function parseListQuery(params: SearchParams): ListQuery {
  const show = Number.parseInt(getParam(params, 'show'), 10);
  return {
    search: getParam(params, 'search').trim().slice(0, 200),
    tags: [
      ...new Set(
        getParam(params, 'tags')
          .toLowerCase()
          .split(',')
          .map((tag) => tag.trim()),
      ),
    ]
      .filter((tag) => tag !== '' && tag.length <= 30)
      .slice(0, 10),
    status: STATUS_CHOICES.find((status) => status === getParam(params, 'status')) ?? 'all',
    sort: SORT_CHOICES.find((sort) => sort === getParam(params, 'sort')) ?? 'deadline',
    show: Number.isNaN(show) ? PAGE_SIZE : Math.min(MAX_SHOWN, Math.max(PAGE_SIZE, show)),
    after: getParam(params, 'after').slice(0, 500),
  };
}

/** The path of the list with changes. A changed search or filter starts at the first page. */
export function listPath(current: ListQuery, changes: Partial<ListQuery> = {}): string {
  const { search, tags, status, sort, show, after } = { ...current, show: PAGE_SIZE, after: '', ...changes };
  return `/competitions${query({
    search,
    tags,
    status: status === 'all' ? '' : status,
    sort: sort === 'deadline' ? '' : sort,
    show: show === PAGE_SIZE ? '' : show,
    after,
  })}`;
}

export function toggleTag(tags: readonly string[], tag: string): string[] {
  return tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag];
}
