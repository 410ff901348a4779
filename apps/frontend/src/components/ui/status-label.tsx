import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type StatusTone = 'success' | 'warning' | 'error' | 'neutral' | 'accent';
export type StatusShape = 'disc' | 'ring' | 'half' | 'square' | 'bar' | 'cross' | 'tick' | 'seat';

const SHAPES: Record<StatusShape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M6 2a4 4 0 0 1 0 8Z" fill="currentColor" />
    </>
  ),
  square: <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="1.5" fill="currentColor" />,
  bar: <rect x="1" y="4.6" width="10" height="2.8" rx="1.2" fill="currentColor" />,
  cross: <path d="m2.5 2.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
  tick: (
    <path
      d="m1.8 6.4 2.9 2.9 5.5-6.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  seat: (
    <path d="M1.5 5.8a4.5 4.8 0 0 1 9 0v3.4a1.3 1.3 0 0 1-1.3 1.3H2.8a1.3 1.3 0 0 1-1.3-1.3Z" fill="currentColor" />
  ),
};

const TONES: Record<StatusTone, string> = {
  success: 'text-success',
  warning: 'text-warning',
  error: 'text-error',
  neutral: 'text-muted',
  accent: 'text-accent',
};

/** A status as text and icon. Color is never the only difference between two statuses. */
export function StatusLabel({
  tone,
  shape,
  children,
  className,
}: {
  tone: StatusTone;
  shape: StatusShape;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 text-sm font-semibold whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0">
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  );
}
