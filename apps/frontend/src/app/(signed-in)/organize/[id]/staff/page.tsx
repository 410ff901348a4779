import { may } from '@mini-compete/shared/permissions';
import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { InviteForm } from '@/components/competitions/staff/invite-form';
import { MemberList } from '@/components/competitions/staff/member-list';
import { OpenInvitations } from '@/components/competitions/staff/open-invitations';
import { RoleGuide } from '@/components/competitions/staff/role-guide';
import { serverCall } from '@/lib/api/server';
import { listStaff } from '@/lib/api/staff';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('staff'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

export default async function StaffPage({ params }: Props) {
  const { id } = await params;
  const { competition, user } = await loadAsStaff(id, `/organize/${id}/staff`, 'readStaff');
  const { members, invitations } = await listStaff(serverCall, id);
  const canManage = may(competition.staffRole, 'manageStaff');
  return (
    <>
      <ManageHeader competition={competition} tab="staff" viewer={user} />
      <div className="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <ClientTexts of={['staff', 'validation']}>
          <div className="flex min-w-0 flex-col gap-12">
            <MemberList
              competition={{ id, title: competition.title }}
              members={members}
              userId={user.id}
              canManage={canManage}
            />
            {invitations.length > 0 && (
              <OpenInvitations competitionId={id} invitations={invitations} canManage={canManage} />
            )}
          </div>
          <div className="flex flex-col gap-12">
            {canManage && <InviteForm competitionId={id} />}
            <RoleGuide />
          </div>
        </ClientTexts>
      </div>
    </>
  );
}
