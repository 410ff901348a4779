'use client';

import { useTexts } from '#texts';
import { ChipLink } from '@/components/ui/chip';
import { Select } from '@/components/ui/input';
import { type ListQuery, listPath, SORT_CHOICES, STATUS_CHOICES, toggleTag } from './list-query';
import { useListNavigation } from './list-search';

/** Chips are links and work without JavaScript; sorting needs it. */
export function ListFilters({ listQuery, tags }: { listQuery: ListQuery; tags: readonly string[] }) {
  const t = useTexts('catalog');
  const { navigate } = useListNavigation();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <nav aria-label={t('list.statusLabel')} className="chip-row">
          {STATUS_CHOICES.map((value) => (
            <ChipLink key={value} href={listPath(listQuery, { status: value })} selected={listQuery.status === value}>
              {t(`list.status.${value}`)}
            </ChipLink>
          ))}
        </nav>
        <div className="flex items-center gap-3">
          <label htmlFor="list-sort" className="text-sm text-muted">
            {t('list.sortLabel')}
          </label>
          <Select
            id="list-sort"
            value={listQuery.sort}
            onChange={(event) => {
              const sort = SORT_CHOICES.find((choice) => choice === event.target.value);
              if (sort) navigate(listPath(listQuery, { sort }));
            }}
          >
            {SORT_CHOICES.map((value) => (
              <option key={value} value={value}>
                {t(`list.sort.${value}`)}
              </option>
            ))}
          </Select>
        </div>
      </div>
      {tags.length > 0 && (
        <nav aria-label={t('list.tagsLabel')} className="chip-row">
          {tags.map((tag) => (
            <ChipLink
              key={tag}
              href={listPath(listQuery, { tags: toggleTag(listQuery.tags, tag) })}
              selected={listQuery.tags.includes(tag)}
            >
              {tag}
            </ChipLink>
          ))}
        </nav>
      )}
    </div>
  );
}
