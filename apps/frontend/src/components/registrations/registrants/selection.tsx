'use client';

import type { RegistrantsQuery } from '@mini-compete/shared/registrations';
import { REMOVALS_MAX } from '@mini-compete/shared/undo';
import { createContext, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import { useTexts } from '#texts';
import { Checkbox } from '@/components/ui/input';
import { SelectionBar } from './selection-bar';

interface SelectionState {
  readonly selected: ReadonlySet<string>;
  toggle(ids: readonly string[], isSelected: boolean): void;
}

const SelectionContext = createContext<SelectionState>({ selected: new Set(), toggle: () => undefined });

type Props = {
  competitionId: string;
  filter: Pick<RegistrantsQuery, 'status' | 'search' | 'question' | 'answer' | 'checkedIn'>;
  /** What registrations are counted in. */
  who: 'PEOPLE' | 'TEAMS';
  /** The registrants on this page who can be removed. */
  page: readonly string[];
  /** Of all pages; null for very many. */
  total: number | null;
  children: ReactNode;
};

/** Remembers who is selected, also over pages of the same list. */
export function Selection({ children, ...list }: Props) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const state = useMemo<SelectionState>(
    () => ({
      selected,
      toggle: (ids, isSelected) =>
        setSelected((current) => {
          const next = new Set(current);
          for (const id of ids)
            if (!isSelected) next.delete(id);
            else if (next.size < REMOVALS_MAX) next.add(id);
          return next;
        }),
    }),
    [selected],
  );
  return (
    <SelectionContext value={state}>
      {list.page.length > 0 && (
        <SelectionBar {...list} selected={selected} select={(ids) => setSelected(new Set(ids))} />
      )}
      {children}
    </SelectionContext>
  );
}

/** A target of 44 px around a small box, which on phones is below the box for the whole page. */
const TARGET = 'grid size-11 cursor-pointer place-items-center max-sm:justify-items-start';

export function SelectPerson({ id, name }: { id: string; name: string }) {
  const t = useTexts('registrants');
  const { selected, toggle } = useContext(SelectionContext);
  const box = useId();
  return (
    <label htmlFor={box} className={TARGET}>
      <span className="sr-only">{t('select', { name })}</span>
      <Checkbox id={box} checked={selected.has(id)} onChange={(event) => toggle([id], event.target.checked)} />
    </label>
  );
}

/** Half-checked while some of the page are selected. */
export function SelectPage({ ids }: { ids: readonly string[] }) {
  const t = useTexts('registrants');
  const { selected, toggle } = useContext(SelectionContext);
  const box = useId();
  if (ids.length === 0) return null;
  const count = ids.filter((id) => selected.has(id)).length;
  return (
    <label htmlFor={box} className={TARGET}>
      <span className="sr-only">{t('selectPage')}</span>
      <Checkbox
        id={box}
        ref={(element: HTMLInputElement | null) => {
          if (element) element.indeterminate = count > 0 && count < ids.length;
        }}
        checked={count === ids.length}
        onChange={(event) => toggle(ids, event.target.checked)}
      />
    </label>
  );
}
