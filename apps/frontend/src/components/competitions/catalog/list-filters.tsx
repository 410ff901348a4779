'use client';

import { ChipLink } from '@/components/ui/chip';
import { Select } from '@/components/ui/input';
import { useListNavigation } from './list-search';
import { addressOf, type ListAddress, SORT_CHOICES, STATUS_CHOICES, toggled } from './search-params';

/** Chips are links; only the sorting needs a hand of JavaScript, and has a button without it. */
export function ListFilters({ address, tags }: { address: ListAddress; tags: readonly string[] }) {
  const { go } = useListNavigation();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <nav aria-label="State" className="flex flex-wrap gap-2">
          {STATUS_CHOICES.map(({ value, label }) => (
            <ChipLink key={value} href={addressOf(address, { status: value })} selected={address.status === value}>
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
            value={address.sort}
            onChange={(event) => {
              const sort = SORT_CHOICES.find(({ value }) => value === event.target.value)?.value;
              if (sort) go(addressOf(address, { sort }));
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
              href={addressOf(address, { tags: toggled(address.tags, tag) })}
              selected={address.tags.includes(tag)}
            >
              {tag}
            </ChipLink>
          ))}
        </nav>
      )}
    </div>
  );
}
