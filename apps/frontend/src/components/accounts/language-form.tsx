'use client';

import { LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { useRouter } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import { useForm } from 'react-hook-form';
import { useLanguage, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names';
import { useTimeZone } from '@/lib/time-zone';

type Values = { language: Language; timeZone: string };

/** The language of pages and mail, and the time zone of mail. */
export function LanguageForm({ language, timeZone }: { language: Language | null; timeZone: string | null }) {
  const t = useTexts('accounts');
  const router = useRouter();
  const toast = useToast();
  const current = useLanguage();
  const deviceZone = useTimeZone();
  const zones = useTimeZones(timeZone ?? deviceZone);
  const { register, handleSubmit, formState, reset } = useForm<Values>({
    defaultValues: { language: language ?? current, timeZone: timeZone ?? deviceZone },
  });
  const { busy, failure, run } = useSubmit<Values>();
  const submit = handleSubmit((values) =>
    run(async () => {
      await updateMe(call, values);
      reset(values);
      toast(t('profile.languageSaved'));
      router.refresh();
    }),
  );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col items-start gap-4">
      <FormSummary failure={failure?.title} />
      <Field id="language" label={t('profile.languageField')} className="w-full">
        {(control) => (
          <Select {...control} {...register('language')} className="w-full">
            {LANGUAGES.map((code) => (
              <option key={code} value={code} lang={code}>
                {LANGUAGE_NAMES[code]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="timeZone" label={t('profile.timeZoneField')} help={t('profile.timeZoneHelp')} className="w-full">
        {(control) => (
          <Select {...control} {...register('timeZone')} className="w-full">
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" busy={busy} disabled={!formState.isDirty}>
        {t('profile.saveLanguage')}
      </Button>
    </form>
  );
}

const noChanges = () => () => undefined;
let allZones: readonly string[] | undefined;

/** The zones that this browser knows. While the page hydrates, the selected one alone, as on the server. */
function useTimeZones(selected: string): readonly string[] {
  const zones = useSyncExternalStore(
    noChanges,
    () => {
      allZones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
      return allZones;
    },
    () => null,
  );
  if (zones === null) return [selected];
  return zones.includes(selected) ? zones : [selected, ...zones];
}
