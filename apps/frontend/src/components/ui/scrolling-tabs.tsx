'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** A row that scrolls sideways on phones. Without scrolling it to the current tab, the last one would be out of sight. */
export function ScrollingTabs({ label, current, children }: { label: string; current: string; children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const tab = nav.current?.querySelector(`a[href="${CSS.escape(current)}"]`);
    if (!nav.current || !tab) return;
    const [row, { left, width }] = [nav.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    // Not scrollIntoView, which would also scroll the page.
    nav.current.scrollBy({ left: left + width / 2 - row.left - row.width / 2, behavior: 'instant' });
  }, [current]);
  return (
    <nav ref={nav} aria-label={label} className="no-print edge-row sm:-mx-1 sm:overflow-x-auto sm:px-1">
      {children}
    </nav>
  );
}
