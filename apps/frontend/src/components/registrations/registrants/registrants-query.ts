import type { RegistrantSort } from '@mini-compete/shared/registrations';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';

/** What the address says about the list of people. The defaults are not written into it. */
export const GROUPS = ['active', 'seated', 'held', 'waiting', 'applied', 'ended'] as const;
export type RegistrantGroup = (typeof GROUPS)[number];
export const SORTS = [
  'registered',
  '-registered',
  'name',
  '-name',
  'email',
  '-email',
] as const satisfies RegistrantSort[];

/** Who is in the list: those who have come in, or who have not. */
export const CHECK_INS = ['all', 'in', 'absent'] as const;
type CheckInView = (typeof CHECK_INS)[number];

/** The line above the list that says how many there are. */
export const COUNT_ID = 'registrant-count';

export interface RegistrantsView {
  readonly show: RegistrantGroup;
  readonly sort: RegistrantSort;
  readonly search: string;
  readonly after: string;
  /** Only people who have chosen this answer to this question; both are empty otherwise. */
  readonly question: string;
  readonly answer: string;
  readonly checkIn: CheckInView;
}

export const parseView = (params: SearchParams): RegistrantsView => ({
  show: getChoice(params, 'show', GROUPS),
  sort: getChoice(params, 'sort', SORTS),
  search: getParam(params, 'search').slice(0, 200),
  after: getParam(params, 'after'),
  question: getParam(params, 'question').slice(0, 32),
  answer: getParam(params, 'answer').slice(0, 100),
  checkIn: getChoice(params, 'checkin', CHECK_INS),
});

/** The address of another view. It begins with the first page again, unless it says after what. */
export function viewPath(path: string, view: RegistrantsView, changes: Partial<RegistrantsView>): string {
  const { show, sort, search, after, question, answer, checkIn } = { ...view, after: '', ...changes };
  return withParams(path, {
    show: show === 'active' ? null : show,
    sort: sort === 'registered' ? null : sort,
    search,
    question,
    answer,
    checkin: checkIn === 'all' ? null : checkIn,
    after,
  });
}

/** For the API: the filter by an answer, if there is one. */
export const answerFilter = ({ question, answer }: Pick<RegistrantsView, 'question' | 'answer'>) =>
  question && answer ? { question, answer } : {};

/** For the API: the filter by who has come in, if there is one. */
export const checkInFilter = ({ checkIn }: Pick<RegistrantsView, 'checkIn'>) =>
  checkIn === 'all' ? {} : { checkedIn: checkIn === 'in' };

/** A click on the head of a column sorts by it; another one reverses the order. */
export function nextSort(current: RegistrantSort, column: 'registered' | 'name' | 'email'): RegistrantSort {
  return current === column ? `-${column}` : column;
}
