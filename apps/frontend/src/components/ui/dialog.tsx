'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** The buttons; the one that does nothing comes first, so that it has the focus. */
  actions: ReactNode;
};

/** A question in the way. Escape, the scrim and the first button all mean no. */
export function Dialog({ open, onOpenChange, title, children, actions }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
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
