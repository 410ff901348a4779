import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type StateTone = 'open' | 'waiting' | 'closed' | 'quiet' | 'accent';
export type StateShape = 'disc' | 'ring' | 'half' | 'square' | 'bar' | 'cross' | 'tick' | 'seat';

const SHAPES: Record<StateShape, ReactNode> = {
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

const TONES: Record<StateTone, string> = {
  open: 'text-open',
  waiting: 'text-waiting',
  closed: 'text-closed',
  quiet: 'text-muted',
  accent: 'text-accent',
};

/** A state is a word and a shape; colour only repeats what they say. */
export function State({
  tone,
  shape,
  children,
  className,
}: {
  tone: StateTone;
  shape: StateShape;
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
