'use client';

import { useState } from 'react';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { type ApiError, isApiError, needsSignIn } from '@/lib/api/problem';
import { signInPath } from '@/lib/paths';

type Options<Values extends FieldValues> = {
  setError?: UseFormSetError<Values>;
  /** Fields of this form. Errors about other fields are shown above the form. */
  fields?: readonly Path<Values>[];
  /** False for forms where a 401 does not mean that the session has ended, such as signing in. */
  redirectOn401?: boolean;
};

/**
 * Runs a request to the API with a busy state, and shows its error beside the field or above the form. `run` never
 * rejects, so event handlers may ignore its promise; it resolves to undefined if the request failed.
 */
export function useSubmit<Values extends FieldValues = FieldValues>({
  setError,
  fields = [],
  redirectOn401 = true,
}: Options<Values> = {}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);

  const run = async <T>(request: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFailure(null);
    try {
      return await request();
    } catch (error) {
      if (!isApiError(error)) {
        console.error(error);
        return undefined;
      }
      if (needsSignIn(error) && redirectOn401) {
        window.location.assign(`${signInPath(window.location.pathname + window.location.search)}&ended=1`);
        return undefined;
      }
      let isFormError = error.fields.size === 0;
      for (const [path, message] of error.fields) {
        const field = fields.find((name) => name === path.split('.')[0]);
        if (field && setError) setError(field, { type: 'server', message }, { shouldFocus: true });
        else isFormError = true;
      }
      if (isFormError) setFailure(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run, clear: () => setFailure(null) };
}
