import type { Registrant } from '@mini-compete/shared/registrations';
import { ticketNumber } from '@mini-compete/shared/tickets';
import { useFormats, useTexts } from '#texts';
import { CheckInTable, type ListedPerson } from './check-in-table';

/** A list to tick on paper: everybody with a seat by name, then the waitlist in its order. */
export function CheckInList({ seated, waiting }: { seated: readonly Registrant[]; waiting: readonly Registrant[] }) {
  const t = useTexts('organizing');
  const { language } = useFormats();
  const collator = new Intl.Collator(language);
  const byName = peopleIn(seated).toSorted(({ name: a }, { name: b }) => collator.compare(a, b));
  const inOrder = peopleIn(waiting);
  if (seated.length + waiting.length === 0) return <p className="mt-8 text-muted">{t('checkIn.empty')}</p>;
  return (
    <>
      {byName.length > 0 && <People title={t('checkIn.registered', { count: byName.length })} people={byName} />}
      {inOrder.length > 0 && <People title={t('checkIn.waitlist', { count: inOrder.length })} people={inOrder} />}
    </>
  );
}

/** Of a team, each of its members comes to the door. */
const peopleIn = (registrants: readonly Registrant[]): ListedPerson[] =>
  registrants.flatMap(({ registrationId, team, ...captain }) =>
    (team?.members ?? [captain]).map(({ userId, name, email }) => ({
      name,
      email,
      team: team?.name ?? null,
      ticket: ticketNumber({ registrationId, userId }),
    })),
  );

function People({ title, people }: { title: string; people: readonly ListedPerson[] }) {
  const t = useTexts('organizing');
  const ticket = useTexts('ticket');
  const heads = {
    present: t('checkIn.present'),
    number: t('checkIn.number'),
    name: t('people.name'),
    team: ticket('team'),
    ticket: ticket('number'),
    email: t('people.email'),
  };
  return (
    <section className="mt-8">
      <h2 className="text-lg">{title}</h2>
      <CheckInTable title={title} heads={heads} people={people} />
    </section>
  );
}
