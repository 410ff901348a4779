'use client';

import { useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { NativeInput } from '@/components/ui/native';
import { Notice } from '@/components/ui/notice';
import { type CompetitionValues, FIELD_LABELS, type FieldName } from './form-values';
import { useFieldText } from './use-field-text';

type Props = {
  /** Which both have changed. */
  fields: readonly FieldName[];
  mine: CompetitionValues;
  theirs: CompetitionValues;
  busy: boolean;
  resolve: (merged: CompetitionValues) => void;
};

type Side = 'mine' | 'theirs';

/** Two people have changed the same fields: shows both versions of each, to choose from. */
export function EditConflict({ fields, mine, theirs, busy, resolve }: Props) {
  const t = useTexts('editing');
  const textOf = useFieldText();
  const [chosen, setChosen] = useState<Partial<Record<FieldName, Side>>>({});
  const merged = (): CompetitionValues => ({
    ...theirs,
    ...Object.fromEntries(fields.filter((field) => chosen[field] === 'mine').map((field) => [field, mine[field]])),
  });
  return (
    <div className="flex flex-col gap-6">
      <Notice tone="warning" live="assertive" title={t('conflict.title')}>
        {t('conflict.text')}
      </Notice>
      {fields.map((field) => (
        <fieldset key={field} className="flex min-w-0 flex-col gap-2">
          <legend className="float-start w-full font-semibold">{t(FIELD_LABELS[field])}</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {(['mine', 'theirs'] as const).map((side) => (
              <label
                key={side}
                className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-raised p-4 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
              >
                <NativeInput
                  type="radio"
                  name={`conflict-${field}`}
                  checked={(chosen[field] ?? 'theirs') === side}
                  onChange={() => setChosen({ ...chosen, [field]: side })}
                  className="mt-1 size-4 shrink-0"
                />
                <span className="min-w-0">
                  <span className="block text-sm text-muted">
                    {side === 'mine' ? t('conflict.yours') : t('conflict.theirs')}
                  </span>
                  <span dir="auto" className="block max-h-64 overflow-y-auto whitespace-pre-wrap">
                    {textOf(field, (side === 'mine' ? mine : theirs)[field])}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div>
        <Button tone="primary" busy={busy} onClick={() => resolve(merged())}>
          {t('conflict.save')}
        </Button>
      </div>
    </div>
  );
}
