'use client';

import './globals.css';

/** Replaces the root layout when it fails itself, so it uses neither fonts nor components. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Mini Compete</title>
        <main className="shell py-16">
          <h1 className="text-3xl">This page did not come together</h1>
          <p className="mt-4">What you have registered for is safe. Try again in a moment.</p>
          <button
            type="button"
            onClick={retry}
            className="seat-shape mt-6 min-h-11 bg-accent px-5 font-semibold text-accent-ink"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
