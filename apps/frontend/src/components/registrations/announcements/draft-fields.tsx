'use client';

import { PLACEHOLDERS, type Placeholder } from '@mini-compete/shared/announcement-texts';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { CheckboxRow, Input, Textarea } from '@/components/ui/input';
import { AudienceField } from './audience-field';
import type { DraftCompetition } from './draft-competition';
import type { DraftForm } from './draft-form';

const BODY_ID = 'announcement-body';

export function DraftFields({ form, competition }: { form: DraftForm; competition: DraftCompetition }) {
  const t = useTexts('announcements');
  const { register, formState } = form;
  const { errors } = formState;
  return (
    <>
      <Field id="announcement-subject" label={t('form.subject')} error={errors.subject?.message}>
        {(field) => <Input {...field} {...register('subject')} dir="auto" maxLength={150} />}
      </Field>
      <div>
        <Field id={BODY_ID} label={t('form.body')} help={t('form.bodyHelp')} error={errors.body?.message}>
          {(field) => <Textarea {...field} {...register('body')} rows={10} className="[unicode-bidi:plaintext]" />}
        </Field>
        <Placeholders form={form} />
      </div>
      <AudienceField form={form} competition={competition} />
      <div>
        <CheckboxRow
          id="announcement-on-page"
          className="font-semibold"
          aria-describedby="announcement-on-page-note"
          {...register('onPage')}
        >
          {t('form.onPage')}
        </CheckboxRow>
        <p id="announcement-on-page-note" className="-mt-2 ps-8 text-sm text-muted">
          {t('form.onPageHelp')}
        </p>
      </div>
    </>
  );
}

/** Inserts a placeholder where the cursor was. */
function Placeholders({ form: { getValues, setValue } }: { form: DraftForm }) {
  const t = useTexts('announcements');
  const insert = (name: Placeholder) => {
    const field = document.getElementById(BODY_ID);
    if (!(field instanceof HTMLTextAreaElement)) return;
    const { selectionStart, selectionEnd } = field;
    const body = getValues('body');
    const text = `{{${name}}}`;
    setValue('body', body.slice(0, selectionStart) + text + body.slice(selectionEnd), {
      shouldDirty: true,
      shouldValidate: true,
    });
    field.focus();
    field.setSelectionRange(selectionStart + text.length, selectionStart + text.length);
  };
  return (
    <fieldset className="mt-3 flex flex-wrap items-center gap-2">
      <legend className="float-start me-2 text-sm text-muted">{t('form.insert')}</legend>
      {PLACEHOLDERS.map((name) => (
        <Button key={name} size="sm" onClick={() => insert(name)}>
          {t(`form.placeholder.${name}`)}
        </Button>
      ))}
    </fieldset>
  );
}
