import type { Competition } from '@mini-compete/shared/competitions';
import { may } from '@mini-compete/shared/permissions';
import { useFormats, useTexts } from '#texts';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { competitionPath } from '@/lib/paths';
import { NextSteps } from './next-steps';
import { PublishButton } from './publish-button';

/** For staff: that nobody else sees this, and how to change that. */
export function DraftNotice({ competition, now }: { competition: Competition; now: string }) {
  const t = useTexts('organizing');
  const { distance } = useFormats();
  const { id, version, visibility, status, regDeadline, staffRole } = competition;
  if (visibility !== 'DRAFT' || status === 'cancelled') return null;
  return (
    <Notice tone="warning" title={t('manage.draft.title')} className="no-print mb-8">
      <p className="max-w-prose">
        {status === 'closed'
          ? t('manage.draft.closed', { when: distance(regDeadline, Date.parse(now)) })
          : t('manage.draft.text')}
      </p>
      {may(staffRole, 'edit') && (
        <>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <ClientTexts of={['organizing']}>
              <PublishButton id={id} version={version} />
            </ClientTexts>
            <ButtonLink size="sm" href={`${competitionPath(id)}/edit`}>
              {t('manage.draft.edit')}
            </ButtonLink>
            <NextSteps competition={competition} />
          </div>
          <p className="mt-3 text-muted">{t('manage.draft.unlisted')}</p>
        </>
      )}
    </Notice>
  );
}
