'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkPending } from '@/components/ui/link-pending';

export function NavLink({ href, label }: { href: string; label: string }) {
  const pathname = usePathname();
  const here = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={clsx(
        'inline-flex min-h-11 items-center border-b-2 text-sm font-semibold whitespace-nowrap',
        here ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
      )}
    >
      {label}
      <LinkPending />
    </Link>
  );
}
