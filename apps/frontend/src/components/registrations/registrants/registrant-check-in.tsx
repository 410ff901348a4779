import type { Registrant } from '@mini-compete/shared/registrations';
import { useFormats, useTexts } from '#texts';
import { StatusLabel } from '@/components/ui/status-label';

type CheckIn = NonNullable<Registrant['checkIn']>;

/** When and by which door the person has come in; of a team, how many of its members have. Nothing for who has not. */
export function RegistrantCheckIn({ registrant: { checkIn, team } }: { registrant: Registrant }) {
  if (!team)
    return checkIn ? (
      <p>
        <Label />
        <EntryText checkIn={checkIn} />
      </p>
    ) : null;
  const cameIn = team.members.filter((member) => member.checkIn).length;
  return cameIn === 0 ? null : <Members cameIn={cameIn} count={team.members.length} />;
}

function Members({ cameIn, count }: { cameIn: number; count: number }) {
  const t = useTexts('organizing');
  const isComplete = cameIn === count;
  return (
    <p>
      <Label />
      <StatusLabel tone={isComplete ? 'success' : 'warning'} shape={isComplete ? 'tick' : 'half'}>
        <span className="tabular">{t('people.membersIn', { in: cameIn, count })}</span>
      </StatusLabel>
    </p>
  );
}

/** On wide screens it is the head of the column. */
function Label() {
  const t = useTexts('organizing');
  return <span className="text-muted lg:sr-only">{t('people.checkedIn')}: </span>;
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
