'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/ui/link-pending';

/** Pages of the staff below `/competitions`. */
const MANAGED = /^\/competitions\/(new|[^/]+\/edit)$/;

export function NavLink({ href, label, badge }: { href: string; label: string; badge?: ReactNode }) {
  const pathname = usePathname();
  const place = MANAGED.test(pathname) ? '/organize' : pathname;
  const isCurrent = place === href || place.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={clsx(
        'inline-flex min-h-11 items-center border-b-2 text-sm font-semibold whitespace-nowrap',
        isCurrent
          ? 'border-accent text-ink'
          : 'border-transparent text-muted hover:text-ink forced-colors:border-[color:Canvas]',
      )}
    >
      {label}
      {badge}
      <LinkPending />
    </Link>
  );
}
