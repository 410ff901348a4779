'use client';

import { type MouseEvent, type ReactNode, useRef } from 'react';

/**
 * A list that opens below its button. The browser's own popover: it works before and without JavaScript,
 * closes with Escape and with a press elsewhere, and returns the focus.
 */
export function Menu({
  id,
  label,
  button,
  children,
  className = '',
}: {
  id: string;
  label: string;
  button: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const closeOnLeaving = (event: MouseEvent) => {
    if ((event.target as Element).closest('a, button[data-closes]')) list.current?.hidePopover();
  };
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={className}>
        {button}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside act; this only closes after them */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link pressed by Enter is a click too */}
      <div
        ref={list}
        id={id}
        popover="auto"
        onClick={closeOnLeaving}
        className="site-menu w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-2 shadow-float"
      >
        {children}
      </div>
    </>
  );
}
