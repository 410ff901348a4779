'use client';

import { clsx } from 'clsx';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#texts';
import { NativeInput } from '@/components/ui/native';
import { setPreferenceCookie, THEME_COOKIE, THEMES, type Theme } from '@/lib/preferences';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** The server renders the choice from a cookie, so there is no flash and no script before the first paint. */
export function ThemeSwitch({ initial, name }: { initial: Theme; name: string }) {
  const t = useTexts('layout');
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    setPreferenceCookie(THEME_COOKIE, next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <fieldset className="no-print inline-flex rounded-full border border-line p-0.5">
      <legend className="sr-only">{t('theme.label')}</legend>
      {THEMES.map((choice) => {
        const Icon = ICONS[choice];
        const label = t(`theme.${choice}`);
        return (
          <label
            key={choice}
            title={label}
            className={clsx(
              'grid min-h-small-control min-w-11 cursor-pointer sm:pointer-fine:min-w-9 place-items-center rounded-full transition-colors has-focus-visible:outline-2 has-focus-visible:outline-focus',
              theme === choice ? 'bg-ink text-surface forced-colors:forced-selected' : 'text-muted hover:text-ink',
            )}
          >
            <NativeInput
              type="radio"
              name={name}
              value={choice}
              checked={theme === choice}
              onChange={() => choose(choice)}
              className="sr-only"
            />
            <Icon aria-hidden="true" className="size-4" />
            <span className="sr-only">{label}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
