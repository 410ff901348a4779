'use client';

import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { useState } from 'react';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { call } from '@/lib/api/client';
import { leaveByLink } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { standingOf } from './standing';

export function LeaveByLinkForm({ token, link }: { token: string; link: LeaveLinkInfo }) {
  const t = useTexts('registrations');
  const [left, setLeft] = useState(false);
  const { busy, failure, run } = useSubmit({ redirectOn401: false });
  const standing = standingOf(link.status);
  const page = competitionPath(link.competitionId);
  const confirm = () =>
    run(async () => {
      await leaveByLink(call, token);
      setLeft(true);
    });
  if (left)
    return (
      <div role="status">
        <h1 className="text-2xl">{t(`leave.doneTitle.${standing}`)}</h1>
        <p className="mt-3">{t(`leave.done.${standing}`, { title: link.title })}</p>
        <ButtonLink className="mt-6" href={page}>
          {t('leave.view')}
        </ButtonLink>
      </div>
    );
  return (
    <>
      <h1 className="text-2xl">{t(`leave.question.${standing}`)}</h1>
      <p className="mt-3">
        {t.rich(`leave.has.${standing}`, {
          name: link.name,
          title: link.title,
          b: (text) => <strong>{text}</strong>,
        })}
      </p>
      {link.team && <p className="mt-2">{t('leave.team', { team: link.team })}</p>}
      <p className="mt-2 text-muted">
        {t(`leave.goes.${standing}`)} {t(standing === 'application' ? 'leave.applyAgain' : 'leave.again')}
      </p>
      <div className="mt-6 flex flex-col gap-4">
        <FormSummary failure={failure?.title} />
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={page}>{t(`leave.keep.${standing}`)}</ButtonLink>
          <Button tone="danger" busy={busy} onClick={() => void confirm()}>
            {t(`leave.confirm.${standing}`)}
          </Button>
        </div>
      </div>
    </>
  );
}
