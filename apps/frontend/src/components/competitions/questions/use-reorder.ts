'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** What a handle needs so that its row can be dragged, or moved with the arrow keys. */
export type ReorderHandle = {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/**
 * Reordering the rows of a list. Pointer events and not the browser's drag and drop, which phones do not have. While a row
 * is dragged, it changes places with the row whose middle the pointer passes.
 */
export function useReorder(move: (from: number, to: number) => void) {
  const rows = useRef(new Map<number, HTMLElement>());
  const [dragged, setDragged] = useState<number | null>(null);

  // At the window, and not captured by the handle: that moves in the document with its row, and would lose the pointer.
  useEffect(() => {
    if (dragged === null) return;
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => setDragged(null);
    const follow = ({ clientY }: globalThis.PointerEvent) => {
      const target = targetOf(rows.current, dragged, clientY);
      if (target === dragged) return;
      move(dragged, target);
      setDragged(target);
    };
    window.addEventListener('pointermove', follow, { signal });
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', end, { signal });
    return () => listening.abort();
  }, [dragged, move]);

  const handleOf = (index: number): ReorderHandle => ({
    onPointerDown(event) {
      if (event.button === 0) setDragged(index);
    },
    onKeyDown(event) {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      move(index, index + step);
    },
  });
  const rowRef = (index: number) => (row: HTMLElement | null) => {
    if (row) rows.current.set(index, row);
    else rows.current.delete(index);
  };
  return { dragged, handleOf, rowRef };
}

function targetOf(rows: ReadonlyMap<number, HTMLElement>, dragged: number, y: number): number {
  const middleOf = (index: number) => {
    const box = rows.get(index)?.getBoundingClientRect();
    return box && (box.top + box.bottom) / 2;
  };
  const above = middleOf(dragged - 1);
  if (above !== undefined && y < above) return dragged - 1;
  const below = middleOf(dragged + 1);
  return below !== undefined && y > below ? dragged + 1 : dragged;
}
