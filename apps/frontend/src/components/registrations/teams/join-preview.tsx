'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { TeamPreview } from '@mini-compete/shared/teams';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import type { ApiError } from '@/lib/api/problem';
import { joinTeam } from '@/lib/api/teams';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath, teamPath } from '@/lib/paths';
import { useAnswers } from '../answers/use-answers';
import { MemberQuestions } from './member-questions';
import { forgetCode } from './use-join-code';

/** Few people see it: its code is loaded when it is needed. */
const CodeForm = dynamic(() =>
  import('@/components/accounts/verification/code-form').then((module) => module.CodeForm),
);

type Props = { code: string; team: TeamPreview; competition: Competition; userId: string; back: () => void };

/** The team of a code: what joining means, what stands in the way, and the questions for members. */
export function JoinPreview({ code, team, competition, userId, back }: Props) {
  const t = useTexts('joinTeam');
  const router = useRouter();
  const toast = useToast();
  /** Other answers are another request. */
  const sent = useRef({ key: '', body: '' });
  const heading = useRef<HTMLHeadingElement>(null);
  const { busy, failure, run } = useSubmit();
  const answers = useAnswers(competition, userId, failure, 'MEMBER');
  useEffect(() => {
    // The field with the focus has gone.
    heading.current?.focus();
  }, []);
  const join = () => {
    const given = answers.prepare();
    if (given === null) return;
    void run(async () => {
      const body = { code, ...given };
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { key: newIdempotencyKey(), body: text };
      const { name } = await joinTeam(call, body, sent.current.key);
      answers.clear();
      forgetCode();
      toast(t('joined', { name }));
      router.push(teamPath(competition.id));
      router.refresh();
    });
  };
  const obstacle = obstacleOf(team, failure);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 ref={heading} tabIndex={-1} className="text-2xl wrap-break-word outline-none">
          {t.rich('found', { team: team.name, n: isolated })}
        </h1>
        <p className="mt-3">
          {t.rich('for', {
            title: team.competition.title,
            n: (chunks) => (
              <Link href={competitionPath(competition.id)} className="link font-semibold">
                {isolated(chunks)}
              </Link>
            ),
          })}
        </p>
        <p className="tabular mt-1 text-sm text-muted">
          {t('members', { count: team.members, max: team.competition.teamMax })}
          {competition.startDate && (
            <>
              {' · '}
              <LocalTime iso={competition.startDate} />
            </>
          )}
        </p>
      </div>
      {obstacle ? (
        <Notice tone={obstacle === 'member' ? 'neutral' : 'warning'} live="polite" title={t(obstacle)} />
      ) : failure?.code === 'EMAIL_NOT_VERIFIED' ? (
        <div className="border-t border-line pt-5">
          <div role="status">
            <h2 className="text-lg">{t('verifyTitle')}</h2>
            <p className="mt-1 mb-4">{t('verifyText')}</p>
          </div>
          <CodeForm initial={null} onVerified={join} focus />
        </div>
      ) : (
        <>
          <MemberQuestions form={answers} changed={failure?.code === 'QUESTIONS_CHANGED'} title={t('questions')} />
          <FormSummary failure={isAboutAnswers(failure) ? undefined : failure?.titleWithDetail} />
        </>
      )}
      <div className="flex flex-wrap gap-3">
        {obstacle === 'member' || obstacle === 'inOther' ? (
          <ButtonLink tone="primary" href={teamPath(competition.id)}>
            {t('viewMine')}
          </ButtonLink>
        ) : obstacle ? (
          <ButtonLink href={competitionPath(competition.id)}>{t('competition')}</ButtonLink>
        ) : (
          failure?.code !== 'EMAIL_NOT_VERIFIED' && (
            <Button tone="primary" size="lg" busy={busy} onClick={join}>
              {t(busy ? 'joining' : 'join')}
            </Button>
          )
        )}
        <Button
          onClick={() => {
            forgetCode();
            back();
          }}
        >
          {t('other')}
        </Button>
      </div>
    </div>
  );
}

const isolated = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

const isAboutAnswers = (failure: ApiError | null) =>
  failure?.code === 'QUESTIONS_CHANGED' || (failure?.fields.size ?? 0) > 0;

/** Why joining is not possible, as the preview or the refused request says. */
function obstacleOf(team: TeamPreview, failure: ApiError | null): 'member' | 'inOther' | 'full' | 'locked' | null {
  if (team.isMember) return 'member';
  if (team.isLocked || failure?.code === 'TEAMS_LOCKED') return 'locked';
  // Before a person leaves another team for this one.
  if (team.isFull || failure?.code === 'TEAM_FULL') return 'full';
  return team.isInOtherTeam || failure?.code === 'ALREADY_IN_TEAM' ? 'inOther' : null;
}
