'use client';

import { type RefCallback, useCallback } from 'react';

/**
 * For what stays at the lower edge of the screen: the page keeps as much room below its end as that is high
 * at the moment, so that it lies over nothing one wants to reach.
 */
export function useRoomAtTheEdge(): RefCallback<HTMLElement> {
  return useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--edge', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--edge');
    };
  }, []);
}
