import { useTexts } from '#texts';

const KEYS = [
  { keys: ['J', 'K'], text: 'keys.move' },
  { keys: ['1–5'], text: 'keys.score' },
  { keys: ['N'], text: 'keys.note' },
  { keys: ['A'], text: 'keys.accept' },
  { keys: ['W'], text: 'keys.waitlist' },
  { keys: ['R'], text: 'keys.reject' },
  { keys: ['X'], text: 'keys.select' },
] as const;

/** They work while the focus is in the list or in the application. Not shown on touch screens, which have no keys. */
export function ShortcutHelp() {
  const t = useTexts('applications');
  return (
    <section aria-label={t('keys.title')} className="no-print mt-4 pointer-coarse:hidden">
      <dl className="flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-muted">
        {KEYS.map(({ keys, text }) => (
          <div key={text} className="flex items-center gap-1.5">
            <dt dir="ltr" className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid min-w-5 place-items-center rounded-sm border border-line-strong px-1 font-text leading-snug text-ink"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
