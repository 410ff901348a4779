import type { ReactNode } from 'react';
import { SeatGrid } from './seat-grid';

export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 py-12 sm:py-16">
      <SeatGrid capacity={14} seatsLeft={14} size="card" />
      <h2 className="text-xl">{title}</h2>
      {children && <div className="max-w-prose text-pretty text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap gap-3">{action}</div>}
    </div>
  );
}
