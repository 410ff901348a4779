'use client';

import { INVITATION_MESSAGE_MAX, INVITATIONS_MAX, type Invited } from '@mini-compete/shared/invitations';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useTexts } from '#texts';
import { toInstant } from '@/components/competitions/editing/form-values';
import { Button } from '@/components/ui/button';
import { DateTimeField } from '@/components/ui/date-time-field';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { invitePeople } from '@/lib/api/invitations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { type Addresses, readAddresses, withoutInvalid } from './addresses';
import { useDefaultExpiry } from './default-expiry';

const EXPIRES_IN_DAYS = 7;

type Props = {
  competition: { id: string; startDate: string | null; waiting: number };
  /** How many seats can be reserved. */
  free: number;
};

type Skipped = { email: string; code: NonNullable<Invited['items'][number]['code']> };

/** Needs the texts of `invitations` and `validation`. */
export function InviteForm({ competition, free }: Props) {
  const t = useTexts('invitations');
  const validation = useTexts('validation');
  const router = useRouter();
  /** A new one for each invitation that was sent, and for each change of it. */
  const key = useRef('');
  const emailsRef = useRef<HTMLTextAreaElement>(null);
  const expiresRef = useRef<HTMLInputElement>(null);
  const [emails, setEmails] = useState('');
  const [expires, setExpires] = useState('');
  const [message, setMessage] = useState('');
  const [errors, setErrors] = useState<{ emails?: string; expires?: string }>({});
  const [done, setDone] = useState<{ invited: number; skipped: Skipped[] } | null>(null);
  useDefaultExpiry(EXPIRES_IN_DAYS, competition.startDate, setExpires);
  const { busy, failure, run } = useSubmit<{ emails: string; expiresAt: string }>({
    fields: ['emails', 'expiresAt'],
    setError: (field, { message: text = '' }) =>
      setErrors((shown) => ({ ...shown, [field === 'emails' ? 'emails' : 'expires']: text })),
  });
  const addresses = readAddresses(emails);
  const { valid } = addresses;

  /** The first field with an error gets the focus. */
  function check(): string | null {
    const expiresAt = toInstant(expires);
    const found = {
      ...(addresses.invalid.length > 0 && { emails: t('invite.invalid', { count: addresses.invalid.length }) }),
      ...(valid.length === 0 && { emails: t('invite.none') }),
      ...(valid.length > INVITATIONS_MAX && { emails: t('invite.tooMany', { max: INVITATIONS_MAX }) }),
      ...((expiresAt === null || Number.isNaN(Date.parse(expiresAt))) && { expires: validation('dateTime') }),
    };
    setErrors(found);
    if (found.emails !== undefined) emailsRef.current?.focus();
    else if (found.expires !== undefined) expiresRef.current?.focus();
    return Object.keys(found).length === 0 ? expiresAt : null;
  }
  const submit = () => {
    if (busy) return;
    const expiresAt = check();
    if (expiresAt === null) return;
    void run(async () => {
      key.current ||= newIdempotencyKey();
      const body = { emails: [...valid], expiresAt, ...(message.trim() !== '' && { message }) };
      const { items } = await invitePeople(call, competition.id, body, key.current);
      key.current = '';
      const skipped = items.flatMap(({ code }, n) => (code === undefined ? [] : [{ email: valid[n] ?? '', code }]));
      setDone({ invited: items.length - skipped.length, skipped });
      setEmails('');
      router.refresh();
    });
  };
  return (
    <section aria-labelledby="invite-people">
      <h2 id="invite-people" className="text-lg">
        {t('invite.title')}
      </h2>
      <p className="mt-2 text-sm text-muted">
        {free === 0 && competition.waiting > 0 ? t('invite.waitlist') : t('invite.free', { count: free })}
      </p>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onChange={() => {
          key.current = '';
          setDone(null);
        }}
        className="mt-4 flex flex-col gap-4"
      >
        <FormSummary failure={failure?.titleWithDetail} />
        <Field id="invite-emails" label={t('invite.emails')} help={t('invite.emailsHelp')} error={errors.emails}>
          {(field) => (
            <Textarea
              {...field}
              ref={emailsRef}
              dir="ltr"
              rows={4}
              inputMode="email"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="min-h-28 resize-y"
              value={emails}
              onChange={({ target }) => {
                setEmails(target.value);
                setErrors(({ emails: _, ...others }) => others);
              }}
            />
          )}
        </Field>
        <Understood addresses={addresses} clean={() => setEmails(withoutInvalid(addresses))} />
        <DateTimeField
          id="invite-expires"
          label={t('invite.expires')}
          help={t('invite.expiresHelp')}
          value={expires}
          onChange={(value) => {
            setExpires(value);
            setErrors(({ expires: _, ...others }) => others);
          }}
          onBlur={() => undefined}
          inputRef={expiresRef}
          error={errors.expires}
        />
        <Field id="invite-message" label={t('invite.message')} help={t('invite.messageHelp')} optional>
          {(field) => (
            <Textarea
              {...field}
              dir="auto"
              rows={3}
              maxLength={INVITATION_MESSAGE_MAX}
              className="min-h-20 resize-y"
              value={message}
              onChange={({ target }) => setMessage(target.value)}
            />
          )}
        </Field>
        {valid.length > 0 && <p className="text-sm">{t('invite.effect', { count: valid.length })}</p>}
        <Button type="submit" tone="primary" busy={busy} className="self-start max-sm:self-stretch">
          {t('invite.submit', { count: valid.length })}
        </Button>
      </form>
      {done && <Done {...done} />}
    </section>
  );
}

/** How the text was understood, announced after each change. */
function Understood({ addresses, clean }: { addresses: Addresses; clean: () => void }) {
  const t = useTexts('invitations');
  const { valid, invalid, repeated } = addresses;
  return (
    <div className="-mt-2 flex flex-col gap-2 text-sm">
      <p role="status" className="tabular font-semibold">
        {t('invite.valid', { count: valid.length })}
        {repeated > 0 && <span className="font-normal text-muted"> {t('invite.repeated', { count: repeated })}</span>}
      </p>
      {invalid.length > 0 && (
        <div className="flex flex-col items-start gap-2">
          <p className="text-error">{t('invite.invalid', { count: invalid.length })}</p>
          <ul className="flex flex-wrap gap-1.5">
            {invalid.slice(0, MAX_SHOWN).map((part) => (
              <li key={part} dir="ltr" className="max-w-full truncate rounded-sm border border-error px-2 py-0.5">
                {part}
              </li>
            ))}
            {invalid.length > MAX_SHOWN && <li aria-hidden="true">…</li>}
          </ul>
          <Button size="sm" onClick={clean}>
            {t('invite.removeInvalid', { count: invalid.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

const MAX_SHOWN = 20;

function Done({ invited, skipped }: { invited: number; skipped: readonly Skipped[] }) {
  const t = useTexts('invitations');
  return (
    <Notice
      tone={invited > 0 ? 'success' : 'neutral'}
      live="polite"
      className="mt-4"
      title={t('invite.done', { count: invited })}
    >
      {skipped.length > 0 && (
        <>
          <p className="mt-1">{t('invite.skipped')}</p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {skipped.map(({ email, code }) => (
              <li key={email} className="wrap-anywhere">
                <bdi dir="ltr">{email}</bdi>: {t(`invite.reason.${code}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
