'use client';

import { LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { ChevronDown, Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useLanguage, useTexts } from '#texts';
import { NativeSelect } from '@/components/ui/native';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names';
import { LANGUAGE_COOKIE, setPreferenceCookie } from '@/lib/preferences';

/** Changes the language of the pages, and of the account's mail. */
export function LanguageSwitch({ signedIn }: { signedIn: boolean }) {
  const t = useTexts('layout');
  const current = useLanguage();
  const router = useRouter();
  const [changing, startTransition] = useTransition();
  const choose = (language: Language) =>
    startTransition(async () => {
      setPreferenceCookie(LANGUAGE_COOKIE, language);
      // The cookie alone changes the pages of this browser. If this fails, mail stays in the language of before.
      if (signedIn) await updateMe(call, { language }).catch(console.error);
      router.refresh();
    });
  return (
    <label className="no-print relative inline-flex items-center rounded-full border border-line text-muted has-focus-visible:outline-2 has-focus-visible:outline-focus hover:text-ink">
      <span className="sr-only">{t('language')}</span>
      <Languages aria-hidden="true" className="pointer-events-none absolute start-3 size-4" />
      <NativeSelect
        value={current}
        disabled={changing}
        onChange={(event) => choose(event.target.value as Language)}
        className="min-h-small-control cursor-pointer appearance-none rounded-full bg-transparent ps-9 pe-9 text-sm outline-none"
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language} className="bg-raised text-ink">
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </NativeSelect>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute end-3 size-4" />
    </label>
  );
}
