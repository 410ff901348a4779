import { Search } from 'lucide-react';

/** A plain form: it works before the page is alive, and the answer has an address. */
export function SearchBox({ id, className = '' }: { id: string; className?: string }) {
  return (
    <search className={className}>
      <form action="/competitions" className="relative">
        <label htmlFor={id} className="sr-only">
          Search competitions
        </label>
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-3.5 my-auto size-4 text-muted"
        />
        <input
          id={id}
          type="search"
          name="search"
          maxLength={200}
          placeholder="Search competitions"
          className="min-h-11 w-full rounded-full border border-line bg-sunken ps-10 pe-4 text-sm transition-colors placeholder:text-muted hover:border-line-strong focus-visible:border-accent focus-visible:bg-raised focus-visible:outline-offset-0"
        />
      </form>
    </search>
  );
}
