import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const TONES = {
  open: 'border-open bg-open-soft',
  waiting: 'border-waiting bg-waiting-soft',
  closed: 'border-closed bg-closed-soft',
  accent: 'border-accent bg-accent-soft',
  quiet: 'border-line-strong bg-sunken',
};

/** Something the reader should know now. `live` has it read out when it appears. */
export function Notice({
  tone = 'quiet',
  title,
  children,
  live,
  className,
}: {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  live?: 'polite' | 'assertive';
  className?: string;
}) {
  return (
    <div
      {...(live === 'assertive' ? { role: 'alert' } : live === 'polite' ? { role: 'status' } : {})}
      className={clsx('animate-rise rounded-md border-s-4 px-4 py-3 text-sm', TONES[tone], className)}
    >
      {title && <p className="font-semibold text-base">{title}</p>}
      {children}
    </div>
  );
}
