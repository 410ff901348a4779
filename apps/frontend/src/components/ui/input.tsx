import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { NativeInput, NativeSelect, NativeTextarea } from './native';

const CONTROL =
  'w-full rounded-md border border-line-strong bg-raised px-3.5 text-base text-ink transition-colors placeholder:text-muted placeholder-shown:text-ellipsis hover:border-ink focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-error aria-invalid:border-2';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <NativeInput {...rest} className={clsx(CONTROL, 'min-h-11', className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <NativeTextarea {...rest} className={clsx(CONTROL, 'min-h-40 py-2.5 leading-normal', className)} />;
}

/** The native select: it works on every phone and with every screen reader. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative inline-flex', className)}>
      <NativeSelect {...rest} className={clsx(CONTROL, 'min-h-11 appearance-none truncate pe-10')}>
        {children}
      </NativeSelect>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
      />
    </span>
  );
}

export function Checkbox({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <NativeInput {...rest} type="checkbox" className={clsx('size-5 shrink-0 rounded-sm', className)} />;
}

/** With its text. A press anywhere in the row counts. */
export function CheckboxRow({ id, className, children, ...rest }: ComponentProps<typeof Checkbox> & { id: string }) {
  return (
    <label htmlFor={id} className={clsx('flex min-h-11 items-center gap-3', className)}>
      <Checkbox {...rest} id={id} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </label>
  );
}
