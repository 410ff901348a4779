import { RenameTeam as RenameTeamBody, type Team } from '@mini-compete/shared/teams';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { isApiError } from '@/lib/api/problem';
import { renameTeam } from '@/lib/api/teams';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';

/** In the place of the name. `close` gets the renamed team, or null when it is called as before. */
export function RenameTeam({ team, close }: { team: Team; close: (renamed: Team | null) => void }) {
  const t = useTexts('teamPage');
  const common = useTexts('common');
  const toast = useToast();
  const { register, handleSubmit, setError, setFocus, formState } = useForm<{ name: string }>({
    resolver: useSchemaResolver(RenameTeamBody),
    defaultValues: { name: team.name },
  });
  const { busy, failure, run } = useSubmit<{ name: string }>({ setError, fields: ['name'] });
  useEffect(() => setFocus('name', { shouldSelect: true }), [setFocus]);
  const submit = handleSubmit((values) =>
    run(async () => {
      try {
        const renamed = await renameTeam(call, team.id, RenameTeamBody.parse(values).name);
        toast(t('rename.done', { name: renamed.name }));
        close(renamed);
      } catch (error) {
        if (!isApiError(error, 'TEAM_NAME_TAKEN')) throw error;
        setError('name', { type: 'server', message: error.title }, { shouldFocus: true });
      }
    }),
  );
  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close(null)}
      className="mt-4 flex max-w-xl flex-col gap-4"
    >
      <Field id="team-name" label={t('rename.label')} error={formState.errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('name')}
            className="[unicode-bidi:plaintext]"
            maxLength={100}
            autoComplete="off"
          />
        )}
      </Field>
      <FormSummary failure={failure?.titleWithDetail} />
      <div className="flex flex-wrap gap-x-5 gap-y-3">
        <Button type="submit" tone="primary" size="sm" busy={busy}>
          {t(busy ? 'rename.saving' : 'rename.save')}
        </Button>
        <Button tone="ghost" size="sm" onClick={() => close(null)}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  );
}
