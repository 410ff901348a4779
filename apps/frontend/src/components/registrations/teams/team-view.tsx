'use client';

import { isAnsweredBy } from '@mini-compete/shared/answers';
import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { Notice } from '@/components/ui/notice';
import { useServerNow } from '@/lib/hooks/use-server-now';
import { teamPath } from '@/lib/paths';
import { BelowMinimum } from './below-minimum';
import { JoinCode } from './join-code';
import { LeaveTeam } from './leave-team';
import { MemberActions } from './member-actions';
import { MemberAnswers } from './member-answers';
import { MemberList } from './member-list';
import { NewCode } from './new-code';
import { isCaptain, isLocked, isTeamFull, membersMissing } from './team-facts';
import { TeamHeading } from './team-heading';

type Props = { competition: Competition; team: Team; userId: string };

/** The page of a team: who is in it, how others join, one's own answers, and everything that can be done with it. */
export function TeamView({ competition, team: loaded, userId }: Props) {
  const t = useTexts('teamPage');
  const words = useTexts('team');
  const { instant } = useFormats();
  const router = useRouter();
  const { now } = useServerNow(competition.serverTime);
  const [team, setTeam] = useState(loaded);
  const [applied, setApplied] = useState(loaded);
  if (applied !== loaded) {
    setApplied(loaded);
    setTeam(loaded);
  }
  const membersHeading = useRef<HTMLHeadingElement>(null);
  const change = (changed: Team) => {
    setTeam(changed);
    router.refresh();
  };
  /** How often a member was removed or made captain: the button of the dialog may have gone with its row. */
  const [acts, setActs] = useState(0);
  useEffect(() => {
    if (acts === 0) return;
    // After the dialog has looked for its button.
    const timer = setTimeout(() => membersHeading.current?.focus());
    return () => clearTimeout(timer);
  }, [acts]);
  const mine = isCaptain(team, userId);
  const locked = isLocked(team, now);
  const missing = membersMissing(team, competition);
  const asksMembers = (competition.questions ?? []).some((question) => isAnsweredBy(question, 'MEMBER'));
  return (
    <>
      <AutoRefresh seconds={15} />
      <TeamHeading competition={competition} team={team} userId={userId} now={now} onChanged={change} />
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-labelledby="members-title">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 id="members-title" ref={membersHeading} tabIndex={-1} className="text-lg outline-none">
              {words('members')}
            </h2>
            <p className="tabular text-sm text-muted">
              {words('count', { count: team.members.length, max: competition.teamMax ?? 0 })}
            </p>
          </div>
          <div className="mt-3">
            <MemberList
              team={team}
              userId={userId}
              page={teamPath(competition.id)}
              actions={(member) =>
                mine &&
                member.userId !== userId && (
                  <MemberActions
                    competition={competition}
                    team={team}
                    member={member}
                    now={now}
                    onChanged={(changed) => {
                      change(changed);
                      setActs((count) => count + 1);
                    }}
                  />
                )
              }
            />
          </div>
          {missing > 0 &&
            !locked &&
            (team.registration === null ? (
              <p className="mt-3 text-sm font-semibold text-warning">{words('missing', { count: missing })}</p>
            ) : (
              <div className="mt-4">
                <BelowMinimum team={team} competition={competition} missing={missing} />
              </div>
            ))}
          {locked && (
            <Notice
              className="mt-4"
              {...(missing > 0 && team.registration === null
                ? { tone: 'warning', title: words('tooSmall') }
                : { title: t('locked.title') })}
            >
              <span suppressHydrationWarning>{t('locked.text', { when: instant(team.locksAt, 'full') })}</span>
            </Notice>
          )}
        </section>
        {!locked && (
          <section
            aria-labelledby="invite-title"
            className="flex flex-col gap-4 rounded-lg border border-line bg-raised p-6 lg:col-start-2 lg:row-span-3 lg:row-start-1 lg:self-start"
          >
            <h2 id="invite-title" className="text-lg">
              {words('code.title')}
            </h2>
            <JoinCode team={team} competition={competition} now={now} />
            {mine && !isTeamFull(team, competition) && <NewCode team={team} onChanged={change} />}
          </section>
        )}
        {asksMembers && (
          <MemberAnswers competition={competition} team={team} userId={userId} now={now} onChanged={change} />
        )}
        <LeaveTeam competition={competition} team={team} userId={userId} now={now} />
      </div>
    </>
  );
}
