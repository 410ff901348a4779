'use client';

import type { ComponentProps } from 'react';
import { EARLY } from '@/lib/early-input';
import { useEarlyInput } from '@/lib/hooks/use-early-input';

/** The elements of HTML, without a style. What happens to them before React handles it is not lost. */
export function NativeButton({ ref, type = 'button', ...rest }: ComponentProps<'button'>) {
  return <button {...rest} {...EARLY} type={type} ref={useEarlyInput(ref)} />;
}

export function NativeLink({ ref, ...rest }: ComponentProps<'a'>) {
  return <a {...rest} {...EARLY} ref={useEarlyInput(ref)} />;
}

export function NativeInput({ ref, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} {...EARLY} ref={useEarlyInput(ref)} />;
}

export function NativeTextarea({ ref, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} {...EARLY} ref={useEarlyInput(ref)} />;
}

export function NativeSelect({ ref, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} {...EARLY} ref={useEarlyInput(ref)} />;
}
