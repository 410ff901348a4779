import type { ApplicationFilter, ApplicationSort } from '@mini-compete/shared/applications';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';

/** What the address says about the inbox. The defaults are not written into it. */
export const FILTERS = [
  'undecided',
  'accepted',
  'waiting',
  'rejected',
  'left',
  'all',
] as const satisfies ApplicationFilter[];
export const SORTS = ['oldest', 'newest', 'best'] as const satisfies ApplicationSort[];
export const REVIEWED = ['any', 'no', 'yes'] as const;

export interface ApplicationsView {
  readonly show: ApplicationFilter;
  readonly sort: ApplicationSort;
  readonly reviewed: (typeof REVIEWED)[number];
  readonly search: string;
  readonly after: string;
  /** Only those who have chosen this answer to this question; both are empty otherwise. */
  readonly question: string;
  readonly answer: string;
}

export const parseView = (params: SearchParams): ApplicationsView => ({
  show: getChoice(params, 'show', FILTERS),
  sort: getChoice(params, 'sort', SORTS),
  reviewed: getChoice(params, 'reviewed', REVIEWED),
  search: getParam(params, 'search').slice(0, 200),
  after: getParam(params, 'after'),
  question: getParam(params, 'question').slice(0, 32),
  answer: getParam(params, 'answer').slice(0, 100),
});

/** The address of another view. It begins with the first page again, unless it says after what. */
export function viewPath(path: string, view: ApplicationsView, changes: Partial<ApplicationsView>): string {
  const { show, sort, reviewed, search, after, question, answer } = { ...view, after: '', ...changes };
  return withParams(path, {
    show: show === 'undecided' ? null : show,
    sort: sort === 'oldest' ? null : sort,
    reviewed: reviewed === 'any' ? null : reviewed,
    search,
    question,
    answer,
    after,
  });
}
