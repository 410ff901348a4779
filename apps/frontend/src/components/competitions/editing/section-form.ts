'use client';

import type { Competition, UpdateCompetition } from '@mini-compete/shared/competitions';
import type { ErrorCode } from '@mini-compete/shared/errors';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { call } from '@/lib/api/client';
import { updateCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';
import { useCompetitionForm } from './competition-form';
import {
  bodyFields,
  type CompetitionValues,
  changedFields,
  conflictingFields,
  type FieldName,
  fromCompetition,
  toBody,
} from './form-values';

type Conflict = {
  readonly fields: readonly FieldName[];
  readonly mine: CompetitionValues;
  readonly theirs: CompetitionValues;
  readonly current: Competition;
};

/** Errors for which the API names no field. */
const CAUSES = [
  { code: 'CAPACITY_BELOW_SEATED', fields: ['capacity'] },
  { code: 'HAS_REGISTRATIONS', fields: ['admissionMode', 'participants'] },
] as const satisfies readonly { code: ErrorCode; fields: readonly FieldName[] }[];

/** More than one other edit while a request is on its way is unlikely, and forever is impossible. */
const MAX_ATTEMPTS = 3;

/**
 * The form of some fields of a saved competition. `original` is what the fields showed before the person touched them:
 * what somebody else saves meanwhile appears in untouched fields, and is a conflict in touched ones only.
 */
export function useSectionForm(
  fields: readonly FieldName[],
  saved: Competition,
  onSaved: (competition: Competition) => void,
) {
  const router = useRouter();
  const [original, setOriginal] = useState(() => fromCompetition(saved));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const form = useCompetitionForm(original, fields, { isNew: false });
  const { busy, failure, run, clear } = useSubmit<CompetitionValues>({ setError: form.setError, fields: [...fields] });
  const values = form.watch();
  const isOwn = (field: FieldName) => fields.includes(field);
  const changed = changedFields(values, original).filter(isOwn);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer competition changes untouched fields
  useEffect(() => {
    const next = fromCompetition(saved);
    const touched = changedFields(form.getValues(), original).filter(isOwn);
    form.reset({ ...next, ...pick(form.getValues(), touched) });
    setOriginal({ ...next, ...pick(original, touched) });
  }, [saved]);

  /** True when saved, false when there is a conflict. */
  async function save(mine: CompetitionValues, before: CompetitionValues, current: Competition, attempt = 1) {
    const theirs = fromCompetition(current);
    const conflicting = conflictingFields(before, mine, theirs).filter(isOwn);
    if (conflicting.length > 0) {
      setConflict({ fields: conflicting, mine, theirs, current });
      return false;
    }
    const body = toBody(mine);
    const changes = changedFields(mine, before).filter(
      (field) => isOwn(field) && changedFields(mine, theirs).includes(field),
    );
    try {
      const updated =
        changes.length === 0
          ? current
          : await updateCompetition(
              call,
              current.id,
              current.version,
              pick(body, bodyFields(changes)) as UpdateCompetition,
            );
      setOriginal(fromCompetition(updated));
      form.reset(fromCompetition(updated));
      onSaved(updated);
      router.refresh();
      return true;
    } catch (error) {
      if (isApiError(error, 'VERSION_STALE') && attempt < MAX_ATTEMPTS)
        return save(mine, before, error.problem.current as Competition, attempt + 1);
      const field = CAUSES.find(({ code, fields: own }) => isApiError(error, code) && own.some(isOwn))?.fields.find(
        isOwn,
      );
      if (!isApiError(error) || field === undefined) throw error;
      const message = error.problem.detail ?? error.title;
      form.setError(field, { type: 'server', message }, { shouldFocus: true });
      return false;
    }
  }

  return {
    form,
    values,
    original,
    changed,
    conflict,
    busy,
    failure,
    async submit(event: FormEvent): Promise<boolean | undefined> {
      let isSaved: boolean | undefined;
      await form.handleSubmit(async (mine) => {
        isSaved = await run(() => save(mine, original, saved));
      })(event);
      return isSaved;
    },
    /** Saves what was chosen between two versions. */
    async resolve(merged: CompetitionValues): Promise<boolean | undefined> {
      if (!conflict) return false;
      setConflict(null);
      form.reset({ ...conflict.mine, ...pick(merged, conflict.fields) });
      setOriginal({ ...original, ...pick(conflict.theirs, conflict.fields) });
      const before = { ...original, ...pick(conflict.theirs, conflict.fields) };
      return run(() => save({ ...conflict.mine, ...pick(merged, conflict.fields) }, before, conflict.current));
    },
    discard() {
      clear();
      form.reset(fromCompetition(saved));
      setOriginal(fromCompetition(saved));
    },
  };
}

const pick = <T extends object>(values: T, fields: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field as keyof T))) as Partial<T>;
