'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { type CompetitionValues, changedFields, FIELD_LABELS } from './form-values';

type Props = {
  base: CompetitionValues;
  mine: CompetitionValues;
  theirs: CompetitionValues;
  busy: boolean;
  resolve: (merged: CompetitionValues) => void;
};

type Side = 'mine' | 'theirs';

/** Resolves a conflict with another user's edit: shows both versions of each field that differs, to choose from. */
export function EditConflict({ base, mine, theirs, busy, resolve }: Props) {
  const myChanges = changedFields(mine, base);
  const conflicting = changedFields(mine, theirs);
  // Preselected is the side that has changed the field; if both have, the saved value.
  const [chosen, setChosen] = useState<Partial<Record<keyof CompetitionValues, Side>>>(() => {
    const theirChanges = changedFields(theirs, base);
    return Object.fromEntries(
      conflicting.map((field) => [
        field,
        myChanges.includes(field) && !theirChanges.includes(field) ? 'mine' : 'theirs',
      ]),
    );
  });
  const merged = (): CompetitionValues => ({
    ...theirs,
    ...Object.fromEntries(conflicting.filter((field) => chosen[field] === 'mine').map((field) => [field, mine[field]])),
  });
  return (
    <div className="flex flex-col gap-6">
      <Notice tone="warning" live="assertive" title="Somebody has changed this in the meantime">
        Nothing of yours is saved yet, and nothing is lost. Choose for each field what shall stand.
      </Notice>
      {conflicting.map((field) => (
        <fieldset key={field} className="flex flex-col gap-2 border-t border-line pt-4">
          <legend className="float-start font-semibold">{FIELD_LABELS[field]}</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {(['mine', 'theirs'] as const).map((side) => (
              <label
                key={side}
                className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-raised p-4 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
              >
                <input
                  type="radio"
                  name={`conflict-${field}`}
                  checked={chosen[field] === side}
                  onChange={() => setChosen({ ...chosen, [field]: side })}
                  className="mt-1 size-4 shrink-0"
                />
                <span className="min-w-0">
                  <span className="block text-sm text-muted">
                    {side === 'mine' ? 'Yours' : 'Saved by somebody else'}
                  </span>
                  <span className="block max-h-64 overflow-y-auto whitespace-pre-wrap">
                    {valueText((side === 'mine' ? mine : theirs)[field])}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {conflicting.length === 0 && <p>Both of you have written the same.</p>}
      <div className="flex flex-wrap gap-3 border-t border-line pt-6">
        <Button tone="primary" busy={busy} onClick={() => resolve(merged())}>
          Save what is chosen
        </Button>
      </div>
    </div>
  );
}

function valueText(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  return value.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/, '$1, $2') || 'Empty';
}
