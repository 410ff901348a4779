'use client';

import type { RegistrantPage, RegistrantsQuery } from '@mini-compete/shared/registrations';
import { REMOVALS_MAX } from '@mini-compete/shared/undo';
import { UserMinus } from 'lucide-react';
import { useId, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/input';
import { call } from '@/lib/api/client';
import { listRegistrants } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { RemoveSeveralDialog } from './remove-several-dialog';

type Props = {
  competitionId: string;
  filter: Pick<RegistrantsQuery, 'status' | 'search' | 'question' | 'answer' | 'checkedIn'>;
  who: 'PEOPLE' | 'TEAMS';
  page: readonly string[];
  total: number | null;
  selected: ReadonlySet<string>;
  select: (ids: readonly string[]) => void;
};

/** Above the list: how many are selected, and what can be done with them. On phones also the box for the whole page. */
export function SelectionBar({ competitionId, filter, who, page, total, selected, select }: Props) {
  const t = useTexts('registrants');
  const { busy, failure, run } = useSubmit();
  const [isRemoving, setRemoving] = useState(false);
  const pageBox = useId();
  const isPageSelected = page.every((id) => selected.has(id));
  const hasMore = total === null || total > page.length;
  const selectAll = () => run(async () => select(await allIds(competitionId, filter)));
  return (
    <section
      aria-label={t('selection.label', { who })}
      className="no-print mt-2 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 max-sm:pb-2"
    >
      <label htmlFor={pageBox} className="flex min-h-11 items-center gap-3 text-sm sm:hidden">
        <Checkbox
          id={pageBox}
          checked={isPageSelected}
          onChange={() => select(isPageSelected ? [] : [...selected, ...page])}
        />
        {t('selectPage')}
      </label>
      <p role="status" className="tabular text-sm font-semibold">
        {selected.size > 0 && t('selection.count', { count: selected.size, who })}
      </p>
      {selected.size > 0 && (
        <>
          {isPageSelected && hasMore && selected.size < (total ?? REMOVALS_MAX) && (
            <Button size="sm" busy={busy} onClick={() => void selectAll()}>
              {busy ? t('selection.loading') : t('selection.all', { total: total ?? REMOVALS_MAX })}
            </Button>
          )}
          <Button size="sm" tone="ghost" onClick={() => select([])}>
            {t('selection.clear')}
          </Button>
          <Button
            size="sm"
            tone="caution"
            icon={<UserMinus aria-hidden="true" className="size-4" />}
            onClick={() => setRemoving(true)}
          >
            {t('selection.remove')}
          </Button>
        </>
      )}
      {failure && (
        <p role="alert" className="text-sm font-semibold text-error">
          {failure.title}
        </p>
      )}
      {isRemoving && (
        <RemoveSeveralDialog
          competitionId={competitionId}
          ids={[...selected]}
          who={who}
          close={(isRemoved) => {
            setRemoving(false);
            if (isRemoved) select([]);
          }}
        />
      )}
    </section>
  );
}

/** Everybody in the list who can be removed, up to the number of one removal. */
async function allIds(competitionId: string, filter: Props['filter']): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null && ids.length < REMOVALS_MAX; ) {
    const page: RegistrantPage = await listRegistrants(call, competitionId, { ...filter, cursor, limit: 1_000 });
    ids.push(...page.items.map(({ registrationId }) => registrationId));
    cursor = page.nextCursor;
  }
  return ids.slice(0, REMOVALS_MAX);
}
