'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useTransition } from 'react';
import { Spinner } from '@/components/ui/spinner';
import { addressOf, type ListAddress } from './search-params';

const Pending = createContext<{ pending: boolean; go: (href: string, replace?: boolean) => void }>({
  pending: false,
  go: () => undefined,
});

/** Shares between the search field, the sorting and the results that another answer is on its way. */
export function ListNavigation({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const go = (href: string, replace = false) =>
    start(() => (replace ? router.replace(href, { scroll: false }) : router.push(href, { scroll: false })));
  return <Pending value={{ pending, go }}>{children}</Pending>;
}

export const useListNavigation = () => useContext(Pending);

/** What was found stays in sight until the next answer is there. */
export function Results({ children }: { children: ReactNode }) {
  const { pending } = useListNavigation();
  return (
    <div aria-busy={pending} className={`transition-opacity duration-200 ${pending ? 'opacity-60 delay-150' : ''}`}>
      {children}
    </div>
  );
}

const PAUSE = 140;

/** Each pause in typing is a search. The first one adds an entry to the history, the next ones replace it. */
export function ListSearch({ address }: { address: ListAddress }) {
  const { go, pending } = useListNavigation();
  const [text, setText] = useState(address.search);
  const sent = useRef(address.search);
  const typing = useRef(false);
  useEffect(() => {
    // Back, forward or a chip changed the address: the field follows, unless it is ahead of it.
    if (address.search === sent.current) return;
    sent.current = address.search;
    typing.current = false;
    setText(address.search);
  }, [address.search]);

  useEffect(() => {
    const search = text.trim();
    if (search === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = search;
      go(addressOf(address, { search }), typing.current);
      typing.current = true;
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, address, go]);

  return (
    <search>
      <form
        action="/competitions"
        onSubmit={(event) => {
          event.preventDefault();
          sent.current = text.trim();
          go(addressOf(address, { search: text.trim() }), typing.current);
        }}
        className="relative"
      >
        <label htmlFor="list-search" className="sr-only">
          Search competitions
        </label>
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-muted"
        />
        <input
          id="list-search"
          type="search"
          name="search"
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
          placeholder="A word, a tag, a place"
          className="min-h-14 w-full rounded-md border border-line-strong bg-raised ps-12 pe-14 text-base placeholder:text-muted hover:border-ink focus-visible:outline-offset-0"
        />
        {pending && <Spinner className="absolute inset-y-0 end-4 my-auto h-2.5 text-muted" />}
        {address.status !== 'all' && <input type="hidden" name="status" value={address.status} />}
        {address.sort !== 'deadline' && <input type="hidden" name="sort" value={address.sort} />}
        {address.tags.length > 0 && <input type="hidden" name="tags" value={address.tags.join(',')} />}
      </form>
    </search>
  );
}
