import type { Application } from '@mini-compete/shared/applications';
import { useFormats, useTexts } from '#texts';

/** Who applies with the team, the captain first named so. */
export function ApplicationTeam({ team: { members, captainId } }: { team: NonNullable<Application['team']> }) {
  const t = useTexts('applications');
  const common = useTexts('common');
  const { list } = useFormats();
  const names = members.map(({ userId, name }) => {
    const shown = name || common('deletedAccount');
    return userId === captainId ? t('team.captain', { name: shown }) : shown;
  });
  return (
    <p className="mt-3 text-sm">
      <span className="text-muted">{t('team.members', { count: members.length })}</span> {list(names)}
    </p>
  );
}
