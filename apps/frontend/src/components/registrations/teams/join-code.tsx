'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { formatCode } from '@mini-compete/shared/team-rules';
import type { Team } from '@mini-compete/shared/teams';
import { Copy, Link2, Share2 } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { JOIN_TEAM_PATH } from '@/lib/paths';
import { isLocked, isTeamFull } from './team-facts';

type Props = { team: Team; competition: Pick<Competition, 'title' | 'teamMax'>; now: number };

/**
 * The code with which others join, to copy or to share. In the link it is the fragment, which browsers do not send: no
 * server logs it.
 */
export function JoinCode({ team, competition, now }: Props) {
  const t = useTexts('team');
  const { instant } = useFormats();
  const canShare = useSyncExternalStore(subscribeToNothing, hasSystemShare, () => false);
  const [done, setDone] = useState<'code.copied' | 'code.linkCopied' | 'code.notCopied' | null>(null);
  const when = instant(team.locksAt, 'full');
  if (isLocked(team, now))
    return (
      <p className="text-sm text-muted" suppressHydrationWarning>
        {t('code.locked', { when })}
      </p>
    );
  if (isTeamFull(team, competition)) return <p className="text-sm text-muted">{t('code.full')}</p>;
  const code = formatCode(team.joinCode);
  const link = () => `${window.location.origin}${JOIN_TEAM_PATH}#${code}`;
  const copy = (text: string, copied: 'code.copied' | 'code.linkCopied') =>
    navigator.clipboard.writeText(text).then(
      () => setDone(copied),
      () => setDone('code.notCopied'),
    );
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="block text-sm text-muted">{t('code.label')}</span>
        <output
          dir="ltr"
          aria-label={t('code.label')}
          className="tabular block w-fit font-heading text-xl font-semibold tracking-wide select-all"
        >
          {code}
        </output>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {canShare && (
          <Button
            size="sm"
            icon={<Share2 aria-hidden="true" className="size-4" />}
            // Rejects when the person closes the dialog of the system, which is no error.
            onClick={() =>
              void navigator
                .share({ url: link(), text: t('code.shareText', { team: team.name, title: competition.title }) })
                .catch(() => undefined)
            }
          >
            {t('code.share')}
          </Button>
        )}
        <Button
          size="sm"
          icon={<Copy aria-hidden="true" className="size-4" />}
          onClick={() => void copy(code, 'code.copied')}
        >
          {t('code.copy')}
        </Button>
        <Button
          size="sm"
          icon={<Link2 aria-hidden="true" className="size-4" />}
          onClick={() => void copy(link(), 'code.linkCopied')}
        >
          {t('code.copyLink')}
        </Button>
      </div>
      <p role="status" className="text-sm font-semibold empty:hidden">
        {done && t(done)}
      </p>
      <p className="text-sm text-muted" suppressHydrationWarning>
        {t('code.until', { when })}
      </p>
    </div>
  );
}

const subscribeToNothing = () => () => undefined;
const hasSystemShare = () => typeof navigator.share === 'function';
