'use client';

import { useState } from 'react';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { type ApiError, isApiError, needsSignIn } from '@/lib/api/problem';
import { signInPath } from '@/lib/paths';
import { asSentence } from './messages';

type Options<Values extends FieldValues> = {
  setError?: UseFormSetError<Values>;
  /** Fields of this form; what the API says about others is said above the form. */
  fields?: readonly Path<Values>[];
  /** Signing in answers 401 for a wrong password: that is no ended session. */
  staysOn401?: boolean;
};

/** Runs one act at a time, and puts what the API says to it where it belongs: beside the field, or above the form. */
export function useAct<Values extends FieldValues = FieldValues>({
  setError,
  fields = [],
  staysOn401 = false,
}: Options<Values> = {}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);

  const run = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFailure(null);
    try {
      return await act();
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (needsSignIn(error) && !staysOn401) {
        window.location.assign(`${signInPath(window.location.pathname + window.location.search)}&ended=1`);
        return undefined;
      }
      let elsewhere = error.fields.size === 0;
      for (const [path, message] of error.fields) {
        const field = fields.find((name) => name === path.split('.')[0]);
        if (field && setError) setError(field, { type: 'server', message: asSentence(message) }, { shouldFocus: true });
        else elsewhere = true;
      }
      if (elsewhere) setFailure(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run, clear: () => setFailure(null) };
}
