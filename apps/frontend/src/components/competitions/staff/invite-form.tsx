'use client';

import type { StaffRole } from '@mini-compete/shared/permissions';
import { InviteStaff } from '@mini-compete/shared/staff';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { inviteStaff } from '@/lib/api/staff';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { RoleSelect } from './role-select';

type Values = { email: string; role: StaffRole };
const EMPTY: Values = { email: '', role: 'MANAGER' };

/** Needs the texts of `staff` and `validation`. */
export function InviteForm({ competitionId }: { competitionId: string }) {
  const t = useTexts('staff');
  const router = useRouter();
  const toast = useToast();
  /** A new one for each invitation that was sent. */
  const key = useRef('');
  const { register, control, handleSubmit, setError, reset, setFocus, formState } = useForm<Values>({
    resolver: useSchemaResolver(InviteStaff),
    defaultValues: EMPTY,
  });
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['email'] });
  const submit = handleSubmit((values) =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      const { email } = await inviteStaff(call, competitionId, InviteStaff.parse(values), key.current);
      key.current = '';
      toast(t('invite.sent', { email }));
      reset(EMPTY);
      setFocus('email');
      router.refresh();
    }),
  );
  return (
    <section aria-labelledby="invite-staff">
      <h2 id="invite-staff" className="text-lg">
        {t('invite.title')}
      </h2>
      <form
        method="post"
        noValidate
        onSubmit={submit}
        // Another address or role is another request.
        onChange={() => {
          key.current = '';
        }}
        className="mt-4 flex flex-col gap-4"
      >
        <FormSummary failure={failure?.titleWithDetail} />
        <div className="grid items-start gap-4 sm:max-lg:grid-cols-[minmax(0,1fr)_11rem]">
          <Field
            id="staff-email"
            label={t('invite.email')}
            help={t('invite.emailHelp')}
            error={formState.errors.email?.message}
          >
            {(field) => <Input {...field} {...register('email')} type="email" dir="ltr" autoComplete="off" />}
          </Field>
          <Field id="staff-role" label={t('invite.role')}>
            {(field) => (
              <Controller
                control={control}
                name="role"
                render={({ field: { value, onChange } }) => (
                  <RoleSelect {...field} className="w-full" value={value} onChange={onChange} />
                )}
              />
            )}
          </Field>
        </div>
        <Button type="submit" tone="primary" busy={busy} className="self-start max-sm:self-stretch">
          {t('invite.submit')}
        </Button>
      </form>
    </section>
  );
}
