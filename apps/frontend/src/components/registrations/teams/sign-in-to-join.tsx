'use client';

import { useTexts } from '#texts';
import { Answer } from '@/components/ui/answer';
import { buttonClass } from '@/components/ui/button';
import { JOIN_TEAM_PATH, signInPath, signUpPath } from '@/lib/paths';
import { useJoinCode } from './use-join-code';

/** Keeps the code of the link in this tab until the visitor is back from signing in. */
export function SignInToJoin() {
  const t = useTexts('joinTeam');
  const code = useJoinCode();
  return (
    <Answer title={t('title')} text={code ? t('signInText') : t('signInTextNoCode')}>
      {/* Full page loads, so that the page is rendered for the new session. */}
      <a href={signInPath(JOIN_TEAM_PATH)} className={buttonClass({ tone: 'primary' })}>
        {t('signIn')}
      </a>
      <a href={signUpPath(JOIN_TEAM_PATH)} className={buttonClass()}>
        {t('signUp')}
      </a>
    </Answer>
  );
}
