import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

const CHIP = 'inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3.5 text-sm transition-colors';

/** A filter that is an address: on or off, said by more than colour. */
export function ChipLink({ href, selected, children }: { href: string; selected: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={selected ? 'true' : undefined}
      className={clsx(
        CHIP,
        selected
          ? 'border-ink bg-ink font-semibold text-surface'
          : 'border-line-strong hover:border-ink hover:bg-sunken',
      )}
    >
      {children}
    </Link>
  );
}

/** A word about a thing, quiet. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="rounded-sm bg-sunken px-2 py-0.5 text-xs text-muted">{children}</span>;
}
