'use client';

import { describeIssue } from '@mini-compete/messages/describe-issue';
import { ORGANIZER_LINKS_MAX, type OrganizerProfile, SaveOrganizerProfile } from '@mini-compete/shared/organizers';
import { Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { type FieldErrors, type Resolver, useFieldArray, useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { saveOrganizerProfile } from '@/lib/api/organizers';
import { useSubmit } from '@/lib/forms/use-submit';

/** The text and the links on the organizer's public page. */
export function OrganizerForm({ profile }: { profile: OrganizerProfile }) {
  const t = useTexts('accounts');
  const router = useRouter();
  const toast = useToast();
  const { register, control, handleSubmit, formState, reset } = useForm<OrganizerProfile>({
    resolver: useProfileResolver(),
    defaultValues: profile,
  });
  const { fields, append, remove } = useFieldArray({ control, name: 'links' });
  const { busy, failure, run } = useSubmit();
  const submit = handleSubmit((values) =>
    run(async () => {
      reset(await saveOrganizerProfile(call, SaveOrganizerProfile.parse(values)));
      toast(t('organizer.saved'));
      router.refresh();
    }),
  );
  const { errors } = formState;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col items-start gap-5">
      <FormSummary failure={failure?.titleWithDetail} />
      <Field
        id="organizer-text"
        label={t('organizer.about')}
        optional
        help={t('organizer.aboutHelp')}
        error={errors.text?.message}
        className="w-full"
      >
        {(field) => <Textarea {...field} {...register('text')} rows={6} className="[unicode-bidi:plaintext]" />}
      </Field>
      <fieldset className="flex w-full min-w-0 flex-col gap-4" aria-describedby="organizer-links-help">
        <legend className="float-start w-full text-sm font-semibold">{t('organizer.links')}</legend>
        <p id="organizer-links-help" className="-mt-3 text-sm text-muted">
          {t('organizer.linksHelp', { count: ORGANIZER_LINKS_MAX })}
        </p>
        {fields.map(({ id }, index) => (
          <div
            key={id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-3 border-s-2 border-line ps-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
          >
            <Field
              id={`link-label-${index}`}
              label={t('organizer.label', { n: index + 1 })}
              error={errors.links?.[index]?.label?.message}
              className="max-sm:col-span-2"
            >
              {(field) => (
                <Input
                  {...field}
                  {...register(`links.${index}.label`)}
                  autoComplete="off"
                  className="[unicode-bidi:plaintext]"
                />
              )}
            </Field>
            <Field
              id={`link-url-${index}`}
              label={t('organizer.address', { n: index + 1 })}
              error={errors.links?.[index]?.url?.message}
            >
              {(field) => (
                <Input
                  {...field}
                  {...register(`links.${index}.url`)}
                  type="url"
                  dir="ltr"
                  autoComplete="url"
                  className="rtl:text-end"
                />
              )}
            </Field>
            <Button
              tone="ghost"
              className="mt-6.5 px-3"
              aria-label={t('organizer.remove', { n: index + 1 })}
              onClick={() => {
                remove(index);
                document.getElementById('add-link')?.focus();
              }}
            >
              <Trash2 aria-hidden="true" className="size-4" />
            </Button>
          </div>
        ))}
        <div>
          <Button
            id="add-link"
            size="sm"
            inactive={fields.length >= ORGANIZER_LINKS_MAX}
            icon={<Plus aria-hidden="true" className="size-4" />}
            onClick={() => append({ label: '', url: '' }, { focusName: `links.${fields.length}.label` })}
          >
            {t('organizer.add')}
          </Button>
        </div>
      </fieldset>
      <Button type="submit" busy={busy} disabled={!formState.isDirty}>
        {t('organizer.save')}
      </Button>
    </form>
  );
}

/** Each error at its own field: those of links are nested. */
function useProfileResolver(): Resolver<OrganizerProfile> {
  const t = useTexts('validation');
  return useMemo(() => {
    const error = describeIssue(t);
    return (values) => {
      const result = SaveOrganizerProfile.safeParse(values, { error });
      if (result.success) return { values, errors: {} };
      const errors: { text?: object; links?: Record<string, object>[] } = {};
      for (const { path, code, message } of result.error.issues) {
        const [field, index, part] = path as ['text'] | ['links', number, 'label' | 'url'];
        if (field === 'text' || index === undefined || part === undefined) errors.text ??= { type: code, message };
        else {
          errors.links ??= [];
          errors.links[index] = { [part]: { type: code, message }, ...errors.links[index] };
        }
      }
      return { values: {}, errors: errors as FieldErrors<OrganizerProfile> };
    };
  }, [t]);
}
