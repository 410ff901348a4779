'use client';

import { ChipLink } from '@/components/ui/chip';
import { Select } from '@/components/ui/input';
import { type ListQuery, listPath, SORT_CHOICES, STATUS_CHOICES, toggleTag } from './list-query';
import { useListNavigation } from './list-search';

/** Chips are links and work without JavaScript; sorting needs it. */
export function ListFilters({ listQuery, tags }: { listQuery: ListQuery; tags: readonly string[] }) {
  const { navigate } = useListNavigation();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <nav aria-label="State" className="flex flex-wrap gap-2">
          {STATUS_CHOICES.map(({ value, label }) => (
            <ChipLink key={value} href={listPath(listQuery, { status: value })} selected={listQuery.status === value}>
              {label}
            </ChipLink>
          ))}
        </nav>
        <div className="flex items-center gap-3">
          <label htmlFor="list-sort" className="text-sm text-muted">
            Sort
          </label>
          <Select
            id="list-sort"
            value={listQuery.sort}
            onChange={(event) => {
              const sort = SORT_CHOICES.find(({ value }) => value === event.target.value)?.value;
              if (sort) navigate(listPath(listQuery, { sort }));
            }}
          >
            {SORT_CHOICES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
      </div>
      {tags.length > 0 && (
        <nav aria-label="Tags" className="flex flex-wrap gap-2">
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
