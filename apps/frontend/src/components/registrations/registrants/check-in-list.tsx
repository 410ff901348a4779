import type { Registrant } from '@mini-compete/shared/registrations';
import { useFormats, useTexts } from '#texts';
import { CheckInTable } from './check-in-table';

/** A list to tick on paper: everybody with a seat by name, then the waitlist in its order. */
export function CheckInList({ seated, waiting }: { seated: readonly Registrant[]; waiting: readonly Registrant[] }) {
  const t = useTexts('organizing');
  const { language } = useFormats();
  const collator = new Intl.Collator(language);
  const byName = peopleIn(seated).toSorted(([a], [b]) => collator.compare(a, b));
  const inOrder = peopleIn(waiting);
  if (seated.length + waiting.length === 0) return <p className="mt-8 text-muted">{t('checkIn.empty')}</p>;
  return (
    <>
      {byName.length > 0 && <People title={t('checkIn.registered', { count: byName.length })} people={byName} />}
      {inOrder.length > 0 && <People title={t('checkIn.waitlist', { count: inOrder.length })} people={inOrder} />}
    </>
  );
}

type Person = readonly [name: string, email: string];

/** Of a team, each of its members comes to the door. */
const peopleIn = (registrants: readonly Registrant[]): Person[] =>
  registrants.flatMap(({ name, email, team }) =>
    team ? team.members.map((member): Person => [member.name, member.email]) : [[name, email] as const],
  );

function People({ title, people }: { title: string; people: readonly Person[] }) {
  const t = useTexts('organizing');
  const heads = {
    present: t('checkIn.present'),
    number: t('checkIn.number'),
    name: t('people.name'),
    email: t('people.email'),
  };
  return (
    <section className="mt-8">
      <h2 className="text-lg">{title}</h2>
      <CheckInTable title={title} heads={heads} people={people} />
    </section>
  );
}
