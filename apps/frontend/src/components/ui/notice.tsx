import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const TONES = {
  success: 'border-success bg-success-soft',
  warning: 'border-warning bg-warning-soft',
  error: 'border-error bg-error-soft',
  accent: 'border-accent bg-accent-soft',
  neutral: 'border-line-strong bg-sunken',
};

/** A highlighted message. With `live`, screen readers announce it when it appears. */
export function Notice({
  tone = 'neutral',
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
