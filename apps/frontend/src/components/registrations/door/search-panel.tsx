'use client';

import type { DoorPerson } from '@mini-compete/shared/door-list';
import { ticketNumber } from '@mini-compete/shared/tickets';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { Door } from './door';
import type { DoorPeople } from './door-people';
import type { DoorState } from './door-state';
import type { Entry } from './stored-scan';

const MAX_SHOWN = 12;

type Props = {
  door: Door;
  state: DoorState;
  people: DoorPeople;
  query: string;
  onQuery: (query: string) => void;
};

export function SearchPanel({ door, state, people, query, onQuery }: Props) {
  const t = useTexts('door');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { found, total } = useMemo(() => people.search(query, MAX_SHOWN), [people, query]);
  const entries = useEntries(door, state, found);
  const isSearching = query.trim() !== '';
  /** The next name can be typed at once. */
  const finish = (action: Promise<void>) => {
    void action.catch(console.error);
    onQuery('');
    // Not scrolled to: the result is what matters now.
    input.current?.focus({ preventScroll: true });
  };
  return (
    <search className="flex scroll-mt-20 flex-col gap-2">
      <label htmlFor={id} className="text-sm font-semibold">
        {t('search.label')}
      </label>
      <Input
        ref={input}
        id={id}
        type="search"
        value={query}
        onChange={({ target }) => onQuery(target.value)}
        // On a phone the keyboard covers the half of the page in which people are found.
        onFocus={({ currentTarget }) => currentTarget.closest('search')?.scrollIntoView({ block: 'start' })}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        className="min-h-13 text-lg"
      />
      <p role="status" className="text-sm text-muted">
        {!isSearching
          ? ''
          : total === 0
            ? t('search.none')
            : t(total > MAX_SHOWN ? 'search.foundMany' : 'search.found', { count: total })}
      </p>
      {found.length > 0 && (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {found.map((person) => (
            <FoundPerson
              key={`${person.registrationId} ${person.userId}`}
              person={person}
              entry={entries.get(person) ?? null}
              onCheckIn={() => finish(door.checkIns.checkIn(person))}
              onUndo={() => finish(door.checkIns.undo(person))}
            />
          ))}
        </ul>
      )}
    </search>
  );
}

function FoundPerson({
  person,
  entry,
  onCheckIn,
  onUndo,
}: {
  person: DoorPerson;
  entry: Entry | null;
  onCheckIn: () => void;
  onUndo: () => void;
}) {
  const t = useTexts('door');
  const { instant } = useFormats();
  const { name, team, status } = person;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="text-lg leading-tight font-semibold">
          <bdi>{name}</bdi>
        </p>
        <p className="tabular text-sm text-muted">
          {team !== null && (
            <>
              <bdi>{team}</bdi> ·{' '}
            </>
          )}
          {t('search.number', { number: ticketNumber(person) })}
        </p>
        {entry !== null ? (
          <p className="text-sm font-semibold">
            {t('status.in', { when: instant(entry.at, 'clock'), door: entry.door || t('unnamed') })}
          </p>
        ) : (
          status !== 'SEATED' && <p className="text-sm font-semibold text-error">{t(`status.${status}`)}</p>
        )}
      </div>
      {entry !== null ? (
        <Button onClick={onUndo} aria-label={t('result.undoPerson', { name })}>
          {t('result.undo')}
        </Button>
      ) : (
        status === 'SEATED' && (
          <Button tone="primary" onClick={onCheckIn} aria-label={t('search.checkInPerson', { name })}>
            {t('search.checkIn')}
          </Button>
        )
      )}
    </li>
  );
}

/** Read again after each scan and each answer of the server. */
function useEntries(door: Door, state: DoorState, people: readonly DoorPerson[]): ReadonlyMap<DoorPerson, Entry> {
  const [entries, setEntries] = useState<ReadonlyMap<DoorPerson, Entry>>(new Map());
  const { latest, unsent, list } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in the database changes with these
  useEffect(() => {
    let isOutdated = false;
    Promise.all(people.map(async (person) => [person, await door.checkIns.entryOf(person)] as const))
      .then((found) => {
        const known = found.flatMap(([person, entry]) => (entry === null ? [] : [[person, entry] as const]));
        if (!isOutdated) setEntries(new Map(known));
      })
      .catch(console.error);
    return () => {
      isOutdated = true;
    };
  }, [door, people, latest, unsent, list]);
  return entries;
}
