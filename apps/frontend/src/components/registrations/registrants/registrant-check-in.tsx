import type { Registrant } from '@mini-compete/shared/registrations';
import { useFormats, useTexts } from '#texts';
import { StatusLabel } from '@/components/ui/status-label';

type CheckIn = NonNullable<Registrant['checkIn']>;

/** When and by which door the person has come in; of a team, how many of its members have. Nothing for who has not. */
export function RegistrantCheckIn({ registrant: { checkIn, team } }: { registrant: Registrant }) {
  const t = useTexts('organizing');
  if (!team) return checkIn ? <Entry checkIn={checkIn} /> : null;
  const cameIn = team.members.filter((member) => member.checkIn).length;
  if (cameIn === 0) return null;
  const isComplete = cameIn === team.members.length;
  return (
    <StatusLabel tone={isComplete ? 'success' : 'warning'} shape={isComplete ? 'tick' : 'half'}>
      <span className="sr-only">{t('people.checkedIn')}: </span>
      <span className="tabular">{t('people.membersIn', { in: cameIn, count: team.members.length })}</span>
    </StatusLabel>
  );
}

function Entry({ checkIn }: { checkIn: CheckIn }) {
  const t = useTexts('organizing');
  return (
    <StatusLabel tone="success" shape="tick">
      <span className="sr-only">{t('people.checkedIn')}: </span>
      <EntryText checkIn={checkIn} />
    </StatusLabel>
  );
}

/** In the zone of the reader, as other times of the list. */
export function EntryText({ checkIn: { at, door } }: { checkIn: CheckIn }) {
  const t = useTexts('organizing');
  const { instant } = useFormats();
  return (
    <span className="tabular">
      {door === '' ? instant(at, 'short') : t('people.byDoor', { when: instant(at, 'short'), door })}
    </span>
  );
}
