import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps } from 'react';

/** To the page above this one. A finger may miss its one line of text: what can be pressed reaches further. */
export function BackLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <p className={clsx('no-print text-sm', className)}>
      <Link {...rest} className="link py-3.5 text-muted" />
    </p>
  );
}
