'use client';

import { usePathname } from 'next/navigation';
import { SearchBox } from './search-box';

/** Not where the page itself begins with a search field. */
export function HeaderSearch() {
  const pathname = usePathname();
  if (pathname === '/' || pathname === '/competitions') return null;
  return <SearchBox id="header-search" className="no-print hidden max-w-sm grow md:block" />;
}
