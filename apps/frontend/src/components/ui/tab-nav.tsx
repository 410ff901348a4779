import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormats } from '#texts';
import { ScrollingTabs } from './scrolling-tabs';

export type Tab = { href: string; label: ReactNode; count?: number | null; current: boolean };

/** Tabs as links: the URL holds the current tab, so the back button and a second window work. */
export function TabNav({ label, tabs }: { label: string; tabs: Tab[] }) {
  const { number } = useFormats();
  return (
    <ScrollingTabs label={label} current={tabs.find(({ current }) => current)?.href ?? ''}>
      <ul className="flex min-w-max gap-6 border-b border-line">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? 'page' : undefined}
              className={clsx(
                '-mb-px inline-flex min-h-11 items-center gap-2 border-b-2 text-sm font-semibold',
                tab.current
                  ? 'border-accent text-ink'
                  : 'border-transparent text-muted hover:text-ink forced-colors:mb-0 forced-colors:border-[color:Canvas]',
              )}
            >
              {tab.label}
              {tab.count != null && <span className="tabular text-muted font-normal">{number(tab.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </ScrollingTabs>
  );
}
