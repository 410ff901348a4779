'use client';

import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { Select } from '@/components/ui/input';

type SortOption = { value: string; label: string; href: string };

type Props = { label: string; value: string; options: SortOption[]; className?: string };

/** Each option is an address. By default on phones only, where a list has no heads of columns to click. */
export function SortSelect({ label, value, options, className = 'sm:hidden' }: Props) {
  const router = useRouter();
  const id = useId();
  return (
    <span className={className}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Select
        id={id}
        value={value}
        onChange={(event) => {
          const option = options.find((candidate) => candidate.value === event.target.value);
          if (option) router.push(option.href, { scroll: false });
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </span>
  );
}
