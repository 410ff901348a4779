'use client';

import { Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTexts } from '#texts';

/** A plain form, so that it works without JavaScript. */
export function SearchBox({ id, className = '' }: { id: string; className?: string }) {
  const t = useTexts('layout');
  return (
    <search className={className}>
      <form action="/competitions" className="relative">
        <label htmlFor={id} className="sr-only">
          {t('search')}
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
          placeholder={t('search')}
          className="min-h-11 w-full rounded-full border border-line bg-sunken ps-10 pe-4 text-sm transition-colors placeholder:text-muted hover:border-line-strong focus-visible:border-accent focus-visible:bg-raised focus-visible:outline-offset-0"
        />
      </form>
    </search>
  );
}

/** Hidden on pages that have their own search field. */
export function HeaderSearch() {
  const pathname = usePathname();
  if (pathname === '/' || pathname === '/competitions') return null;
  return <SearchBox id="header-search" className="no-print hidden max-w-sm grow md:block" />;
}
