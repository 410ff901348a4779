'use client';

import { type RefCallback, useCallback } from 'react';

/**
 * For an element that is fixed to the bottom of the screen: publishes its height as `--bottom-bar`, so that the page
 * ends above it and nothing is covered.
 */
export function useBottomBarInset(): RefCallback<HTMLElement> {
  return useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--bottom-bar', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--bottom-bar');
    };
  }, []);
}
