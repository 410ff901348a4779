import type { Competition } from '@mini-compete/shared/competitions';
import { useTexts } from '#texts';
import { buttonClass } from '@/components/ui/button';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { doorPath } from '@/lib/paths';
import { LeaveStaff } from './leave-staff';

type Props = { competition: Competition; role: 'REVIEWER' | 'SCANNER' };

/** What reviewers and check-in staff see instead of the people and statistics of a competition. */
export function LimitedRole({ competition, role }: Props) {
  const t = useTexts('staff');
  const common = useTexts('common');
  return (
    <section className="max-w-2xl rounded-lg border border-line bg-raised p-6 sm:p-8">
      <h2 className="text-xl">{t('limited.title', { role: common(`staffRole.${role}`) })}</h2>
      <p className="mt-3">{t(`limited.${role}`)}</p>
      <p className="mt-3 text-muted">{t('limited.seeing')}</p>
      <div className="mt-6 flex flex-wrap items-center gap-3">
        {role === 'SCANNER' && (
          <a href={doorPath(competition.id)} className={buttonClass({ tone: 'primary' })}>
            {t('limited.door')}
          </a>
        )}
        <ClientTexts of={['staff']}>
          <LeaveStaff competition={{ id: competition.id, title: competition.title }}>{t('limited.leave')}</LeaveStaff>
        </ClientTexts>
      </div>
    </section>
  );
}
