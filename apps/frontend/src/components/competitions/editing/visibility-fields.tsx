'use client';

import { VISIBILITIES } from '@mini-compete/shared/visibility';
import { useTexts } from '#texts';
import { VisibilityIcon } from '@/components/competitions/catalog/visibility-label';
import { NativeInput } from '@/components/ui/native';
import type { CompetitionForm } from './competition-form';

/** Three choices, each with what it means. Because of those who are active it cannot become a draft. */
export function VisibilityFields({
  form: { register, formState },
  people: admitted = 0,
  applied = 0,
}: {
  form: CompetitionForm;
  people?: number;
  applied?: number;
}) {
  const people = admitted + applied;
  const t = useTexts('editing');
  const common = useTexts('common');
  const canBeDraft = people === 0 || formState.defaultValues?.visibility === 'DRAFT';
  return (
    <fieldset className="flex flex-col gap-3" {...(canBeDraft ? {} : { 'aria-describedby': 'no-draft' })}>
      <legend className="sr-only">{t('visibility.legend')}</legend>
      {VISIBILITIES.map((value) => (
        <label
          key={value}
          className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-disabled:cursor-not-allowed has-disabled:border-line has-disabled:text-muted has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
        >
          <NativeInput
            {...register('visibility')}
            type="radio"
            value={value}
            disabled={value === 'DRAFT' && !canBeDraft}
            className="mt-1 size-4 shrink-0"
          />
          <span>
            <span className="flex items-center gap-1.5 font-semibold">
              {common(`visibility.${value}`)}
              <VisibilityIcon visibility={value} />
            </span>
            <span className="mt-0.5 block text-sm text-muted">{t(`visibility.${value}`)}</span>
          </span>
        </label>
      ))}
      {!canBeDraft && (
        <p id="no-draft" className="text-sm text-muted">
          {t('visibility.noDraft', { count: people })}
        </p>
      )}
    </fieldset>
  );
}
