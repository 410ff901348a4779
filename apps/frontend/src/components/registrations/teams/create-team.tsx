'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { CreateTeam as CreateTeamBody } from '@mini-compete/shared/teams';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { isApiError } from '@/lib/api/problem';
import { createTeam } from '@/lib/api/teams';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { JOIN_TEAM_PATH } from '@/lib/paths';
import { useAnswers } from '../answers/use-answers';
import { MemberQuestions } from './member-questions';

const Name = CreateTeamBody.pick({ name: true });

/** Makes a team, whose captain the maker is: its name, and the questions that every member answers. */
export function CreateTeam({ competition, userId }: { competition: Competition; userId: string }) {
  const t = useTexts('teamPage');
  const router = useRouter();
  const toast = useToast();
  /** Another name or other answers are another request. */
  const sent = useRef({ key: '', body: '' });
  const { register, handleSubmit, setError, formState } = useForm<{ name: string }>({
    resolver: useSchemaResolver(Name),
    defaultValues: { name: '' },
  });
  const { busy, failure, run } = useSubmit<{ name: string }>({ setError, fields: ['name'] });
  const answers = useAnswers(competition, userId, failure, 'MEMBER');
  const submit = handleSubmit(async (values) => {
    const given = answers.prepare();
    if (given === null || busy) return;
    await run(async () => {
      try {
        const body = { ...Name.parse(values), ...given };
        const text = JSON.stringify(body);
        if (sent.current.body !== text) sent.current = { key: newIdempotencyKey(), body: text };
        const { name } = await createTeam(call, competition.id, body, sent.current.key);
        answers.clear();
        toast(t('create.created', { name }));
      } catch (error) {
        if (isApiError(error, 'TEAM_NAME_TAKEN')) {
          setError('name', { type: 'server', message: error.title }, { shouldFocus: true });
          return;
        }
        // Another tab was quicker: the page shows the team.
        if (!isApiError(error, 'ALREADY_IN_TEAM')) throw error;
      }
      router.refresh();
    });
  });
  const isAboutAnswers = failure?.code === 'QUESTIONS_CHANGED' || (failure?.fields.size ?? 0) > 0;
  return (
    <form method="post" noValidate onSubmit={submit} className="mt-8 flex max-w-xl flex-col gap-6">
      <Field id="team-name" label={t('create.name')} help={t('create.nameHelp')} error={formState.errors.name?.message}>
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
      <MemberQuestions form={answers} changed={failure?.code === 'QUESTIONS_CHANGED'} title={t('create.questions')} />
      <FormSummary failure={isAboutAnswers ? undefined : failure?.titleWithDetail} />
      <Button type="submit" tone="primary" size="lg" busy={busy} className="sm:self-start">
        {t(busy ? 'create.submitting' : 'create.submit')}
      </Button>
      <p className="text-sm">
        {t.rich('create.haveCode', {
          link: (text) => (
            <Link href={JOIN_TEAM_PATH} className="link font-semibold">
              {text}
            </Link>
          ),
        })}
      </p>
    </form>
  );
}
