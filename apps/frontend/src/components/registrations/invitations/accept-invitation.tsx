'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { redeemInvitation } from '@/lib/api/invitations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';
import { AnswersSection } from '../answers/answers-section';
import { useAnswers } from '../answers/use-answers';

type Props = { token: string; competition: Competition; userId: string };

/** With the questions of the competition, if it asks any. Needs the texts of `invitation`, `questions` and `validation`. */
export function AcceptInvitation({ token, competition, userId }: Props) {
  const t = useTexts('invitation');
  const router = useRouter();
  const toast = useToast();
  /** Other answers are another request. */
  const sent = useRef({ key: '', body: '' });
  const { busy, failure, run } = useSubmit();
  const answers = useAnswers(competition, userId, failure);
  const accept = () => {
    const given = answers.prepare();
    if (given === null) return;
    void run(async () => {
      const body = JSON.stringify(given);
      if (sent.current.body !== body) sent.current = { key: newIdempotencyKey(), body };
      const { competitionId } = await redeemInvitation(call, token, given, sent.current.key);
      answers.clear();
      toast(t('accepted', { title: competition.title }));
      router.replace(competitionPath(competitionId));
      router.refresh();
    });
  };
  const isAboutAnswers = failure?.code === 'QUESTIONS_CHANGED' || (failure?.fields.size ?? 0) > 0;
  return (
    <div className="mt-6 flex flex-col gap-5">
      {answers.questions.length > 0 && <AnswersSection form={answers} />}
      <FormSummary failure={isAboutAnswers ? undefined : failure?.titleWithDetail} />
      <Button tone="primary" size="lg" busy={busy} onClick={accept} className="sm:self-start">
        {t('accept')}
      </Button>
    </div>
  );
}
