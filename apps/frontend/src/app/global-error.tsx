'use client';

import { directionOf } from '@mini-compete/shared/languages';
import { useState } from 'react';
import { fallbackTexts, pageLanguage } from '@/lib/i18n/fallback-texts';
import './globals.css';

/** Replaces the root layout when it fails itself, so it uses neither fonts nor components. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  // The language of the page that failed: below, this page replaces its `lang`.
  const [language] = useState(pageLanguage);
  const [t] = useState(fallbackTexts);
  return (
    <html lang={language} dir={directionOf(language)}>
      <body>
        <title>{`${t.pageFailed} · Mini Compete`}</title>
        <main className="shell py-16">
          <h1 className="text-3xl">{t.pageFailed}</h1>
          <p className="mt-4">{t.safe}</p>
          <button
            type="button"
            onClick={retry}
            className="seat-shape mt-6 min-h-11 bg-accent px-5 font-semibold text-accent-ink"
          >
            {t.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
