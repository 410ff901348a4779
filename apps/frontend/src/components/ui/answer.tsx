import type { ReactNode } from 'react';

/** A page that says one thing, with links to what can be done next. */
export function Answer({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <>
      <h1 className="text-2xl">{title}</h1>
      <p className="mt-3">{text}</p>
      <div className="mt-6 flex flex-wrap gap-3">{children}</div>
    </>
  );
}
