import type { Competition } from '@mini-compete/shared/competitions';
import { useTexts } from '#texts';
import { ClientTexts } from '@/lib/i18n/client-texts';
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
      <div className="mt-6">
        <ClientTexts of={['staff']}>
          <LeaveStaff competition={{ id: competition.id, title: competition.title }}>{t('limited.leave')}</LeaveStaff>
        </ClientTexts>
      </div>
    </section>
  );
}
