import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { NativeButton } from './native';
import { Spinner } from './spinner';

type ButtonStyle = { tone?: 'primary' | 'secondary' | 'ghost' | 'caution' | 'danger'; size?: 'sm' | 'md' | 'lg' };

const TONES = {
  primary: 'seat-shape border border-transparent bg-accent text-accent-ink hover:bg-accent-strong',
  secondary: 'rounded-md border border-line-strong bg-raised text-ink hover:border-ink',
  /** No padding, so that it begins where its line begins. Its background, its focus and what can be clicked reach further. */
  ghost:
    'relative isolate text-ink before:absolute before:inset-y-0 before:-inset-x-2.5 before:-z-10 before:rounded-md hover:before:bg-sunken focus-visible:outline-none focus-visible:before:outline-2 focus-visible:before:outline-focus forced-colors:focus-visible:before:outline-[Highlight]',
  /** Opens the question about something dangerous; `danger` does it. */
  caution: 'rounded-md border border-error bg-raised text-error hover:bg-error-soft',
  danger: 'seat-shape border border-transparent bg-danger text-danger-ink hover:brightness-110',
};
const SIZES = {
  sm: 'min-h-small-control text-sm gap-1.5',
  md: 'min-h-11 text-base gap-2',
  lg: 'min-h-14 text-lg gap-2.5',
};
const PADDING = { sm: 'px-3.5', md: 'px-5', lg: 'px-7' };

export function buttonClass({ tone = 'secondary', size = 'md' }: ButtonStyle = {}, className?: string): string {
  return clsx(
    'inline-flex items-center justify-center font-semibold text-center leading-tight wrap-break-word select-none transition-[background-color,border-color,filter,opacity]',
    'disabled:opacity-55 aria-disabled:opacity-55 data-held:cursor-progress data-held:opacity-55 [&_svg]:shrink-0',
    TONES[tone],
    SIZES[size],
    tone !== 'ghost' && PADDING[size],
    className,
  );
}

type ButtonProps = ComponentProps<'button'> &
  ButtonStyle & {
    busy?: boolean;
    /** Not available yet: ignores clicks, but keeps the keyboard focus, which a disabled button loses. */
    inactive?: boolean;
    icon?: ReactNode;
  };

/** While busy it shows a spinner and ignores clicks. It is not disabled then: it would lose the keyboard focus. */
export function Button({
  tone,
  size,
  busy = false,
  inactive = false,
  icon,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <NativeButton
      {...rest}
      type={type}
      className={buttonClass({ ...(tone && { tone }), ...(size && { size }) }, className)}
      disabled={disabled === true}
      aria-disabled={busy || inactive || undefined}
      {...(busy || inactive ? { onClick: (event) => event.preventDefault() } : {})}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </NativeButton>
  );
}

export function ButtonLink({
  tone,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonStyle & { icon?: ReactNode }) {
  return (
    <Link {...rest} className={buttonClass({ ...(tone && { tone }), ...(size && { size }) }, className)}>
      {icon}
      {children}
    </Link>
  );
}
