'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useTransition } from 'react';
import { useTexts } from '#texts';
import { NativeInput } from '@/components/ui/native';
import { Spinner } from '@/components/ui/spinner';
import { type ListQuery, listPath } from './list-query';

const NavigationContext = createContext<{ pending: boolean; navigate: (href: string, replace?: boolean) => void }>({
  pending: false,
  navigate: () => undefined,
});

/** Shares the pending state of a navigation between the search field, the sort menu and the results. */
export function ListNavigation({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const navigate = (href: string, replace = false) =>
    start(() => (replace ? router.replace(href, { scroll: false }) : router.push(href, { scroll: false })));
  return <NavigationContext value={{ pending, navigate }}>{children}</NavigationContext>;
}

export const useListNavigation = () => useContext(NavigationContext);

/** Dims the previous results until the next ones have arrived. */
export function Results({ children }: { children: ReactNode }) {
  const { pending } = useListNavigation();
  return (
    <div aria-busy={pending} className={`transition-opacity duration-200 ${pending ? 'opacity-60 delay-150' : ''}`}>
      {children}
    </div>
  );
}

const DEBOUNCE_MS = 140;

/** Debounced search while typing. The first search adds an entry to the browser history, later ones replace it. */
export function ListSearch({ listQuery }: { listQuery: ListQuery }) {
  const t = useTexts('catalog');
  const { navigate, pending } = useListNavigation();
  const [text, setText] = useState(listQuery.search);
  const sent = useRef(listQuery.search);
  const typing = useRef(false);
  useEffect(() => {
    // The URL has changed by back, forward or a chip, and not by this field: show its search.
    if (listQuery.search === sent.current) return;
    sent.current = listQuery.search;
    typing.current = false;
    setText(listQuery.search);
  }, [listQuery.search]);

  useEffect(() => {
    const search = text.trim();
    if (search === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = search;
      navigate(listPath(listQuery, { search }), typing.current);
      typing.current = true;
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, listQuery, navigate]);

  return (
    <search>
      <form
        action="/competitions"
        onSubmit={(event) => {
          event.preventDefault();
          sent.current = text.trim();
          navigate(listPath(listQuery, { search: text.trim() }), typing.current);
        }}
        className="relative"
      >
        <label htmlFor="list-search" className="sr-only">
          {t('list.searchLabel')}
        </label>
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-muted"
        />
        <NativeInput
          id="list-search"
          type="search"
          name="search"
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('list.searchPlaceholder')}
          className="min-h-14 w-full rounded-md border border-line-strong bg-raised ps-12 pe-14 text-base placeholder:text-muted placeholder-shown:text-ellipsis hover:border-ink focus-visible:outline-offset-0"
        />
        {pending && <Spinner className="absolute inset-y-0 end-4 my-auto h-2.5 text-muted" />}
        {listQuery.status !== 'all' && <input type="hidden" name="status" value={listQuery.status} />}
        {listQuery.sort !== 'deadline' && <input type="hidden" name="sort" value={listQuery.sort} />}
        {listQuery.tags.length > 0 && <input type="hidden" name="tags" value={listQuery.tags.join(',')} />}
      </form>
    </search>
  );
}
