import type { Competition } from '@mini-compete/shared/competitions';
import { may } from '@mini-compete/shared/permissions';
import { getPendingActs } from '@/lib/api/competitions';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { UndoBar } from './undo-bar';

/** What was started on a competition and can still be undone, for those who may. */
export async function PendingActs({ competition: { id, staffRole } }: { competition: Competition }) {
  if (!may(staffRole, 'undo')) return null;
  return (
    <ClientTexts of={['acts']}>
      <UndoBar competitionId={id} initial={await getPendingActs(serverCall, id)} />
    </ClientTexts>
  );
}
