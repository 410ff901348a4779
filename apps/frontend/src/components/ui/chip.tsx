import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

const CHIP =
  'inline-flex min-h-small-control items-center gap-1.5 rounded-full border px-3.5 text-sm transition-colors';

/** A filter as a link. Its state also shows in the weight of the text, not by color alone. */
export function ChipLink({ href, selected, children }: { href: string; selected: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={selected ? 'true' : undefined}
      className={clsx(
        CHIP,
        selected
          ? 'border-ink bg-ink font-semibold text-surface forced-colors:forced-selected'
          : 'border-line-strong hover:border-ink hover:bg-sunken',
      )}
    >
      {children}
    </Link>
  );
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="rounded-sm bg-sunken px-2 py-0.5 text-xs text-muted">{children}</span>;
}
