'use client';

import { clsx } from 'clsx';
import { useFormats } from '#texts';

export type ListedPerson = {
  name: string;
  /** Empty for a deleted account. */
  email: string;
  team: string | null;
  /** The number on the ticket. */
  ticket: string;
};

type Props = {
  title: string;
  heads: { present: string; number: string; name: string; team: string; ticket: string; email: string };
  people: readonly ListedPerson[];
};

/**
 * A client component, although nothing in it reacts: the rows of a server component are sent twice, as HTML and as
 * elements, and 5,000 of them take seconds. Of this one only what it says is sent.
 */
export function CheckInTable({ title, heads, people }: Props) {
  const { number } = useFormats();
  const hasTeams = people.some(({ team }) => team !== null);
  return (
    <table className="mt-3 w-full border-collapse text-sm">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="border-b border-line-strong text-muted">
          <th scope="col" className="w-10 py-1.5 pe-3">
            <span className="sr-only">{heads.present}</span>
          </th>
          <th scope="col" className="w-12 py-1.5 pe-3 text-end font-semibold">
            {heads.number}
          </th>
          <th scope="col" className={clsx('py-1.5 pe-3 text-start font-semibold', hasTeams ? 'sm:w-1/4' : 'sm:w-1/3')}>
            {heads.name}
          </th>
          {hasTeams && (
            <th scope="col" className="py-1.5 pe-3 text-start font-semibold sm:w-1/4">
              {heads.team}
            </th>
          )}
          <th scope="col" className="w-40 py-1.5 pe-3 text-start font-semibold max-sm:hidden print:table-cell">
            {heads.ticket}
          </th>
          <th scope="col" className="py-1.5 text-start font-semibold max-sm:hidden print:table-cell">
            {heads.email}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ name, email, team, ticket }, index) => (
          <tr key={`${ticket} ${email}`} className="break-inside-avoid border-b border-line">
            <td className="py-1.5 pe-3">
              <span className="block size-4 rounded-[3px] border border-ink" />
            </td>
            <td className="tabular py-1.5 pe-3 text-end text-muted">{number(index + 1)}</td>
            <th scope="row" className="py-1.5 pe-3 text-start">
              <bdi>{name}</bdi>
            </th>
            {hasTeams && (
              <td className="py-1.5 pe-3">
                <bdi>{team}</bdi>
              </td>
            )}
            <td className="tabular py-1.5 pe-3 whitespace-nowrap max-sm:hidden print:table-cell">
              <bdi>{ticket}</bdi>
            </td>
            <td className="py-1.5 max-sm:hidden print:table-cell">
              <bdi>{email}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
