'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useTexts } from '#texts';

type Toast = { id: number; text: string };
type ShowToast = (text: string) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Returns a function that shows a sentence about an action. */
export const useToast = (): ShowToast => useContext(ToastContext);

const DURATION_MS = 7000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTexts('common');
  const [toasts, setToasts] = useState<Toast[]>([]);
  const show = useCallback<ShowToast>((text) => {
    setToasts((current) => [...current.slice(-2), { id: Date.now() + Math.random(), text }]);
  }, []);
  const close = useCallback((id: number) => setToasts((current) => current.filter((toast) => toast.id !== id)), []);
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        aria-label={t('notifications')}
        className="no-print pointer-events-none fixed inset-x-4 bottom-[calc(var(--bottom-bar,0px)+1.5rem)] z-50 flex flex-col items-center gap-2 lg:bottom-6"
      >
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} close={close} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastItem({ toast, close }: { toast: Toast; close: (id: number) => void }) {
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    // It must not disappear while the mouse is over it.
    if (paused) return;
    const timer = setTimeout(() => close(toast.id), DURATION_MS);
    return () => clearTimeout(timer);
  }, [paused, close, toast.id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only pauses the timer
    <div
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      className="pointer-events-auto flex max-w-lg animate-rise items-center gap-4 rounded-md bg-ink px-4 py-3 text-sm text-surface shadow-float"
    >
      <span>{toast.text}</span>
    </div>
  );
}
