import type { CompetitionSort, StatusFilter } from '@mini-compete/shared/competitions';
import { query } from '@/lib/api/query';

export const STATUS_CHOICES: { value: StatusFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'upcoming', label: 'Opening later' },
  { value: 'full', label: 'Full' },
  { value: 'closed', label: 'Closed' },
];

export const SORT_CHOICES: { value: CompetitionSort; label: string }[] = [
  { value: 'deadline', label: 'Closing soonest' },
  { value: 'start', label: 'Starting soonest' },
  { value: 'newest', label: 'Newest' },
  { value: 'popular', label: 'Most popular' },
];

export const PAGE = 20;
export const PAGE_MAX = 100;

/** What the address of the list says. */
export type ListAddress = {
  search: string;
  tags: string[];
  status: StatusFilter;
  sort: CompetitionSort;
  /** How many are shown, and after which cursor: "more" lengthens the list, and beyond 100 turns the page. */
  show: number;
  after: string;
};

type Raw = Record<string, string | string[] | undefined>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));

/** Whatever stands in the address: what cannot be understood counts as not said. */
export function readAddress(raw: Raw): ListAddress {
  const show = Number.parseInt(one(raw.show), 10);
  return {
    search: one(raw.search).trim().slice(0, 200),
    tags: [
      ...new Set(
        one(raw.tags)
          .toLowerCase()
          .split(',')
          .map((tag) => tag.trim()),
      ),
    ]
      .filter((tag) => tag !== '' && tag.length <= 30)
      .slice(0, 10),
    status: STATUS_CHOICES.find(({ value }) => value === one(raw.status))?.value ?? 'all',
    sort: SORT_CHOICES.find(({ value }) => value === one(raw.sort))?.value ?? 'deadline',
    show: Number.isNaN(show) ? PAGE : Math.min(PAGE_MAX, Math.max(PAGE, show)),
    after: one(raw.after).slice(0, 500),
  };
}

/** The address of a changed list. Another question starts at its first page. */
export function addressOf(address: ListAddress, changes: Partial<ListAddress> = {}): string {
  const { search, tags, status, sort, show, after } = { ...address, show: PAGE, after: '', ...changes };
  return `/competitions${query({
    search,
    tags,
    status: status === 'all' ? '' : status,
    sort: sort === 'deadline' ? '' : sort,
    show: show === PAGE ? '' : show,
    after,
  })}`;
}

export function toggled(tags: readonly string[], tag: string): string[] {
  return tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag];
}
