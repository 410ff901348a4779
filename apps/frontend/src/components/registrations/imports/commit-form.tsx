'use client';

import type { ImportDetails } from '@mini-compete/shared/imports';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { toInstant } from '@/components/competitions/editing/form-values';
import { Button } from '@/components/ui/button';
import { DateTimeField } from '@/components/ui/date-time-field';
import { FormSummary } from '@/components/ui/form-summary';
import { NativeInput } from '@/components/ui/native';
import { call } from '@/lib/api/client';
import { commitImport } from '@/lib/api/imports';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { useDefaultExpiry } from '../invitations/default-expiry';

const EXPIRES_IN_DAYS = 14;

type Props = {
  competition: { id: string; startDate: string | null };
  importId: string;
  count: number;
  invitations: ImportDetails['invitations'];
};

/** Needs the texts of `imports` and `validation`. */
export function CommitForm({ competition, importId, count, invitations }: Props) {
  const t = useTexts('imports');
  const validation = useTexts('validation');
  const router = useRouter();
  const key = useRef('');
  const expiresRef = useRef<HTMLInputElement>(null);
  const [notify, setNotify] = useState(true);
  const [expires, setExpires] = useState('');
  const [error, setError] = useState<string | undefined>();
  useDefaultExpiry(EXPIRES_IN_DAYS, competition.startDate, setExpires);
  const { busy, failure, run } = useSubmit<{ expiresAt: string }>({
    fields: ['expiresAt'],
    setError: (_, { message }) => setError(message),
  });
  const submit = () => {
    const expiresAt = toInstant(expires);
    if (expiresAt === null || Number.isNaN(Date.parse(expiresAt))) {
      setError(validation('dateTime'));
      expiresRef.current?.focus();
      return;
    }
    void run(async () => {
      key.current ||= newIdempotencyKey();
      await commitImport(call, competition.id, importId, { notify, expiresAt }, key.current);
      router.refresh();
    });
  };
  return (
    <section aria-labelledby="commit-import" className="rounded-lg border border-line bg-raised p-5 sm:p-6">
      <h2 id="commit-import" className="text-lg">
        {t('commit.title', { count })}
      </h2>
      <p className="mt-2 text-sm">{t('commit.effect', { count })}</p>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) submit();
        }}
        onChange={() => {
          key.current = '';
        }}
        className="mt-5 flex flex-col gap-5"
      >
        <FormSummary failure={failure?.titleWithDetail} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-semibold">{t('commit.notify')}</legend>
          <Choice checked={notify} choose={() => setNotify(true)} label={t('commit.yes')} text={t('commit.yesText')} />
          {notify && <QuotaNotice invitations={invitations} />}
          <Choice checked={!notify} choose={() => setNotify(false)} label={t('commit.no')} text={t('commit.noText')} />
        </fieldset>
        <DateTimeField
          id="import-expires"
          label={t('commit.expires')}
          value={expires}
          onChange={(value) => {
            setExpires(value);
            setError(undefined);
          }}
          onBlur={() => undefined}
          inputRef={expiresRef}
          error={error}
        />
        <Button type="submit" tone="primary" busy={busy} className="self-start max-sm:self-stretch">
          {t('commit.submit', { count })}
        </Button>
      </form>
    </section>
  );
}

function QuotaNotice({ invitations }: Pick<Props, 'invitations'>) {
  const t = useTexts('imports');
  const { instant } = useFormats();
  if (invitations === null) return null;
  const { count, quota } = invitations;
  if (count <= quota.left) return null;
  return (
    <p role="status" className="text-sm">
      {count > quota.limit
        ? t('commit.quotaPerDay', { count, limit: quota.limit })
        : t('commit.quotaLeft', { count, left: quota.left, when: instant(quota.resetsAt, 'short') })}
    </p>
  );
}

function Choice({
  checked,
  choose,
  label,
  text,
}: {
  checked: boolean;
  choose: () => void;
  label: string;
  text: string;
}) {
  return (
    <label className="flex min-h-11 items-start gap-3 rounded-md border border-line-strong px-3.5 py-2.5 has-checked:border-accent has-checked:bg-accent-soft">
      <NativeInput type="radio" name="notify" checked={checked} onChange={choose} className="mt-1 size-4 shrink-0" />
      <span>
        <span className="font-semibold">{label}</span>
        <span className="block text-sm text-muted">{text}</span>
      </span>
    </label>
  );
}
