'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { FindTeam, type TeamPreview } from '@mini-compete/shared/teams';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { findTeam } from '@/lib/api/teams';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { JoinPreview } from './join-preview';
import { useJoinCode } from './use-join-code';

type Found = { readonly code: string; readonly team: TeamPreview; readonly competition: Competition };

/** Finds the team of a code, which is entered or comes with the link, and shows it before anything happens. */
export function JoinTeam({ userId }: { userId: string }) {
  const t = useTexts('joinTeam');
  const given = useJoinCode();
  const [found, setFound] = useState<Found | null>(null);
  const { register, handleSubmit, setError, setValue, setFocus, formState } = useForm<{ code: string }>({
    resolver: useSchemaResolver(FindTeam),
    defaultValues: { code: '' },
  });
  const { busy, failure, run } = useSubmit<{ code: string }>({ setError, fields: ['code'] });
  const find = handleSubmit((values) =>
    run(async () => {
      const { code } = FindTeam.parse(values);
      try {
        const team = await findTeam(call, code);
        setFound({ code, team, competition: await getCompetition(call, team.competition.id) });
      } catch (error) {
        if (!isApiError(error, 'TEAM_NOT_FOUND', 'COMPETITION_NOT_FOUND')) throw error;
        setError('code', { type: 'server', message: t('unknown') }, { shouldFocus: true });
      }
    }),
  );
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (!given) return;
    setValue('code', given);
    void latest.current();
  }, [given, setValue]);

  if (found)
    return (
      <JoinPreview
        {...found}
        userId={userId}
        back={() => {
          setFound(null);
          setValue('code', '');
          requestAnimationFrame(() => setFocus('code'));
        }}
      />
    );
  return (
    <form method="post" noValidate onSubmit={find} className="flex flex-col gap-5">
      <div>
        <h1 className="text-2xl">{t('title')}</h1>
        <p className="mt-2 text-muted">{t('text')}</p>
      </div>
      <FormSummary failure={failure?.titleWithDetail} />
      <Field id="join-code" label={t('code')} help={t('codeHelp')} error={formState.errors.code?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('code')}
            dir="ltr"
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="tabular max-w-64 text-xl tracking-wider uppercase"
          />
        )}
      </Field>
      <Button type="submit" tone="primary" busy={busy} className="sm:self-start">
        {t(busy ? 'finding' : 'find')}
      </Button>
    </form>
  );
}
