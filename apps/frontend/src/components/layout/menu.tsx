'use client';

import { type MouseEvent, type ReactNode, useRef } from 'react';

/**
 * A menu below its button. The native popover works without JavaScript, closes with Escape or a click outside, and
 * returns the focus.
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
  const closeAfterClick = (event: MouseEvent) => {
    if ((event.target as Element).closest('a, button[data-closes]')) list.current?.hidePopover();
  };
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={className}>
        {button}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links are interactive; this only closes the menu after a click */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link triggers a click too */}
      <div
        ref={list}
        id={id}
        popover="auto"
        onClick={closeAfterClick}
        className="site-menu w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-2 shadow-float"
      >
        {children}
      </div>
    </>
  );
}
