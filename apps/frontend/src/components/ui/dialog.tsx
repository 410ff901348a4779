'use client';

import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** The button that only closes comes first: it gets the initial focus, so that Enter does not confirm by accident. */
  actions: ReactNode;
};

/** A modal confirmation. Escape, a click outside and the first button close it without confirming. */
export function Dialog({ open, onOpenChange, title, children, actions }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          // Radix returns the focus to its own trigger only, and these dialogs are opened by any button.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className="fixed inset-x-4 bottom-4 z-50 m-auto max-h-[85dvh] max-w-lg animate-rise overflow-y-auto rounded-lg bg-raised p-6 shadow-float sm:inset-y-4 sm:h-fit sm:p-8"
        >
          <Radix.Title className="text-xl">{title}</Radix.Title>
          <div className="mt-3 flex flex-col gap-3 text-base">{children}</div>
          <div className="mt-6 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{actions}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
