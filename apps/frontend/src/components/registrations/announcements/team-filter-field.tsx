'use client';

import { AUDIENCE_TEAMS_MAX } from '@mini-compete/shared/announcement-texts';
import type { Announcement } from '@mini-compete/shared/announcements';
import { Search } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '#texts';
import { CheckboxRow, Input } from '@/components/ui/input';
import { call } from '@/lib/api/client';
import { listTeams } from '@/lib/api/teams';

type NamedTeam = Announcement['teams'][number];

type Props = {
  competitionId: string;
  /** Those of the stored draft. */
  known: readonly NamedTeam[];
  /** Ids. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

const DEBOUNCE_MS = 250;
const SHOWN = 8;

/** Only members of certain teams. Chosen teams stay at the top, whatever is searched for. */
export function TeamFilterField({ competitionId, known, chosen, onChange }: Props) {
  const t = useTexts('announcements');
  const [helpId, searchId] = [useId(), useId()];
  const [search, setSearch] = useState('');
  const { found, total } = useFoundTeams(competitionId, search);
  const [names, setNames] = useState(() => new Map(known.map(({ id, name }) => [id, name])));
  const choose = ({ id, name }: NamedTeam) => {
    setNames((before) => new Map(before).set(id, name));
    onChange([...chosen, id]);
  };
  const others = found.filter(({ id }) => !chosen.includes(id));
  const isFull = chosen.length >= AUDIENCE_TEAMS_MAX;
  return (
    <fieldset aria-describedby={helpId} className="mt-4 border-t border-line pt-4">
      <legend className="float-start w-full text-sm font-semibold">{t('audience.onlyTeams')}</legend>
      <p id={helpId} className="clear-both pt-1 text-sm text-muted">
        {t('audience.onlyTeamsHelp')}
      </p>
      <p role="status" className="mt-3 text-sm">
        {t('audience.chosenTeams', { count: chosen.length })}
      </p>
      {chosen.map((id) => (
        <TeamBox
          key={id}
          team={{ id, name: names.get(id) ?? id }}
          isChosen
          onToggle={() => onChange(chosen.filter((other) => other !== id))}
        />
      ))}
      {isFull ? (
        <p className="mt-2 text-sm">{t('audience.tooManyTeams', { max: AUDIENCE_TEAMS_MAX })}</p>
      ) : (
        <>
          <label htmlFor={searchId} className="mt-3 block text-sm font-semibold">
            {t('audience.findTeam')}
          </label>
          <div className="relative mt-1.5 max-w-md">
            <Search aria-hidden="true" className="absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted" />
            <Input
              id={searchId}
              type="search"
              autoComplete="off"
              maxLength={200}
              value={search}
              placeholder={t('audience.findTeamPlaceholder')}
              className="ps-9 [unicode-bidi:plaintext]"
              // It is no field of the draft: Enter would show the preview, and typing would hide it.
              onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              onInput={(event) => event.stopPropagation()}
              onChange={(event) => {
                event.stopPropagation();
                setSearch(event.target.value);
              }}
            />
          </div>
          <p role="status" className="mt-2 text-sm text-muted">
            {total !== null && t('audience.foundTeams', { count: total })}
            {(total ?? 0) > found.length && ` ${t('audience.moreTeams')}`}
          </p>
          {others.map((team) => (
            <TeamBox key={team.id} team={team} isChosen={false} onToggle={() => choose(team)} />
          ))}
        </>
      )}
    </fieldset>
  );
}

function TeamBox({
  team: { id, name },
  isChosen,
  onToggle,
}: {
  team: NamedTeam;
  isChosen: boolean;
  onToggle: () => void;
}) {
  return (
    <CheckboxRow id={`announcement-team-${id}`} checked={isChosen} onChange={onToggle}>
      <bdi>{name}</bdi>
    </CheckboxRow>
  );
}

/** The first teams that match; all of them without a search. */
function useFoundTeams(competitionId: string, search: string): { found: readonly NamedTeam[]; total: number | null } {
  const [result, setResult] = useState<{ found: readonly NamedTeam[]; total: number | null }>({
    found: [],
    total: null,
  });
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      listTeams(call, competitionId, { search: search.trim(), limit: SHOWN }).then(
        ({ items, total }) => isCurrent && setResult({ found: items, total }),
        () => undefined, // What was found before stays, and the next letter tries again.
      );
    }, DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [competitionId, search]);
  return result;
}
