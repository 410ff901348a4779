'use client';

import type { Competition, CreateCompetitionInput } from '@mini-compete/shared/competitions';
import type { Visibility } from '@mini-compete/shared/visibility';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { createCompetition } from '@/lib/api/competitions';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { SECTION_FIELDS } from './competition-fields';
import { useCompetitionForm } from './competition-form';
import { useDraft } from './draft';
import { DraftOffer } from './draft-offer';
import { FormPreview } from './form-preview';
import {
  type CompetitionValues,
  changedFields,
  FIELD_LABELS,
  FIELDS,
  newCompetition,
  SECTION_TITLES,
  toBody,
} from './form-values';
import { LeaveQuestion } from './leave-question';
import { draftKey } from './stored-draft';

type Props = { accountId: string; original?: Competition | undefined };

const SECTION_ORDER = ['basics', 'teams', 'seats', 'dates', 'admission', 'about'] as const;

/** Creates a competition, from nothing or from another one. */
export function CreateForm({ accountId, original }: Props) {
  const t = useTexts('editing');
  const common = useTexts('common');
  const router = useRouter();
  const [base] = useState(() => newCompetition(new Date(), original));
  const form = useCompetitionForm(base, FIELDS, { isNew: true });
  const { handleSubmit, setError, formState, watch, reset } = form;
  const { busy, failure, run } = useSubmit<CompetitionValues>({ setError, fields: [...FIELDS] });
  const [created, setCreated] = useState(false);
  const [saving, setSaving] = useState<Visibility | null>(null);
  const values = watch();
  const draft = useDraft(draftKey(accountId, 'new', ...(original ? [original.id] : [])), FIELDS, values, base);
  // The same key for the same body: a retry after a lost response must not create a second competition.
  const key = useRef<{ body: string; key: string } | null>(null);
  const failureNotice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) failureNotice.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);

  const save = (visibility: Visibility) =>
    handleSubmit((valid) => {
      setSaving(visibility);
      const copied = original?.questions?.length ? { questions: original.questions } : {};
      return run(() => create({ ...toBody(valid), ...copied, visibility }));
    });
  const create = async (body: CreateCompetitionInput) => {
    const json = JSON.stringify(body);
    if (key.current?.body !== json) key.current = { body: json, key: newIdempotencyKey() };
    const competition = await createCompetition(call, body, key.current.key);
    draft.clear();
    setCreated(true);
    router.push(`/organize/${competition.id}?created=1`);
  };
  const { errors } = formState;
  const fieldErrors = FIELDS.flatMap((id) =>
    errors[id]?.message ? [{ id, label: t(FIELD_LABELS[id]), message: errors[id].message }] : [],
  );
  return (
    <form
      method="post"
      // Enter in a field saves a draft: nobody should publish by accident.
      onSubmit={save('DRAFT')}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]"
    >
      <div className="flex flex-col gap-8">
        {draft.offered && (
          <DraftOffer
            savedAt={draft.offered.savedAt}
            restore={() => {
              if (draft.offered) reset(draft.offered.values, { keepDefaultValues: true });
              draft.dismiss();
            }}
            discard={draft.clear}
          />
        )}
        <FormSummary fieldErrors={formState.submitCount > 0 ? fieldErrors : []} />
        {SECTION_ORDER.map((section) => {
          const Fields = SECTION_FIELDS[section];
          return (
            <fieldset
              key={section}
              className="flex min-w-0 flex-col gap-5 border-t border-line pt-6 first:border-0 first:pt-0"
            >
              <legend className="float-start w-full font-heading text-lg font-semibold">
                {t(SECTION_TITLES[section])}
              </legend>
              <Fields form={form} />
            </fieldset>
          );
        })}
      </div>
      <div className="lg:row-span-2">
        <FormPreview values={values} />
      </div>
      <div className="flex flex-col gap-4 border-t border-line pt-6">
        <div ref={failureNotice}>
          {failure && <Notice tone="error" live="assertive" title={failure.titleWithDetail} />}
        </div>
        <p className="text-sm text-muted">{t('draftHint')}</p>
        <div className="flex flex-wrap gap-x-5 gap-y-3">
          <Button type="submit" tone="primary" busy={busy && saving === 'DRAFT'} inactive={busy}>
            {busy && saving === 'DRAFT' ? t('savingDraft') : t('saveDraft')}
          </Button>
          <Button onClick={(event) => void save('PUBLIC')(event)} busy={busy && saving === 'PUBLIC'} inactive={busy}>
            {busy && saving === 'PUBLIC' ? t('publishing') : t('publish')}
          </Button>
          <ButtonLink href="/organize" tone="ghost">
            {common('cancel')}
          </ButtonLink>
        </div>
      </div>
      <LeaveQuestion when={!created && changedFields(values, base).length > 0} />
    </form>
  );
}
