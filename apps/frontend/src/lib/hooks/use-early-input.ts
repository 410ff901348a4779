'use client';

import { type Ref, type RefCallback, useCallback, useEffect, useRef } from 'react';

/** For an element with `EARLY`: what was typed into it or pressed before React handled it happens again, now that it does. */
export function useEarlyInput<E extends HTMLElement>(ref: Ref<E> | undefined): RefCallback<E> {
  const element = useRef<E>(null);
  useEffect(() => {
    // After the effects of everything around it, and outside of them: React renders after each event then.
    queueMicrotask(() => element.current && replay(element.current));
  }, []);
  return useCallback(
    (node: E | null) => {
      element.current = node;
      if (typeof ref === 'function') return ref(node);
      if (ref) ref.current = node;
    },
    [ref],
  );
}

function replay(element: HTMLElement): void {
  element.removeAttribute('data-early');
  element.removeAttribute('data-held');
  const { earlyInput } = window;
  const value = earlyInput?.values.get(element);
  if (value !== undefined) {
    earlyInput?.values.delete(element);
    enter(element, value);
  }
  if (earlyInput?.pressed === element) {
    earlyInput.pressed = null;
    element.click();
  }
}

/** React ignores an event after which the value is what it was, as it compares with what was last set by script. */
function enter(element: HTMLElement, value: string | boolean): void {
  if (typeof value === 'boolean') {
    Object.assign(element, { checked: !value });
    element.click();
    return;
  }
  Object.assign(element, { value: '' });
  const setNatively = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set;
  setNatively?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}
