'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

type Toast = { id: number; text: string; undo?: { label: string; run: () => void } };
type Show = (text: string, undo?: Toast['undo']) => void;

const ToastContext = createContext<Show>(() => undefined);

/** Says in one sentence what has just been done, with a way back where there is one. */
export const useToast = (): Show => useContext(ToastContext);

const STAYS = 7000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const show = useCallback<Show>((text, undo) => {
    setToasts((present) => [...present.slice(-2), { id: Date.now() + Math.random(), text, ...(undo ? { undo } : {}) }]);
  }, []);
  const close = useCallback((id: number) => setToasts((present) => present.filter((toast) => toast.id !== id)), []);
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        aria-label="Messages"
        className="no-print pointer-events-none fixed inset-x-4 bottom-[calc(var(--edge,0px)+1.5rem)] z-50 flex flex-col items-center gap-2 lg:bottom-6"
      >
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} close={close} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastLine({ toast, close }: { toast: Toast; close: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const hold = useMemo(
    () => ({
      onMouseEnter: () => setHeld(true),
      onMouseLeave: () => setHeld(false),
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
    }),
    [],
  );
  useEffect(() => {
    // Who reads it with the pointer or the focus on it, reads as long as it takes.
    if (held) return;
    const timer = setTimeout(() => close(toast.id), STAYS);
    return () => clearTimeout(timer);
  }, [held, close, toast.id]);
  return (
    <div
      {...hold}
      className="pointer-events-auto flex max-w-lg animate-rise items-center gap-4 rounded-md bg-ink px-4 py-3 text-sm text-surface shadow-float"
    >
      <span>{toast.text}</span>
      {toast.undo && (
        <button
          type="button"
          className="font-semibold underline underline-offset-4"
          onClick={() => {
            toast.undo?.run();
            close(toast.id);
          }}
        >
          {toast.undo.label}
        </button>
      )}
    </div>
  );
}
