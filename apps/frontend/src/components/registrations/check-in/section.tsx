import type { ReactNode } from 'react';

/** A part of the day's page. */
export function Section({ title, count, children }: { title: string; count?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="flex items-baseline gap-3 border-b border-line-strong pb-2 text-lg">
        {title}
        {count !== undefined && <span className="tabular text-base font-normal text-muted">{count}</span>}
      </h2>
      {children}
    </section>
  );
}
