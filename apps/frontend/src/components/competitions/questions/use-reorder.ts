'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

/** What a handle needs so that its row can be dragged, or moved with the arrow keys. */
export type ReorderHandle = {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/**
 * Reordering the rows of a list. Pointer events and not the browser's drag and drop, which phones do not have. While a row
 * is dragged, it changes places with the row whose middle the pointer passes.
 */
export function useReorder(move: (from: number, to: number) => void) {
  const rows = useRef(new Map<number, HTMLElement>());
  const [dragged, setDragged] = useState<number | null>(null);
  const end = () => setDragged(null);

  const handleOf = (index: number): ReorderHandle => ({
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged(index);
    },
    onPointerMove(event) {
      if (dragged === null) return;
      const target = targetOf(rows.current, dragged, event.clientY);
      if (target === dragged) return;
      move(dragged, target);
      setDragged(target);
    },
    onPointerUp: end,
    onPointerCancel: end,
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
