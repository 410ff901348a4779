'use client';

import { STAFF_ROLES, type StaffRole } from '@mini-compete/shared/permissions';
import type { ComponentProps } from 'react';
import { useTexts } from '#texts';
import { Select } from '@/components/ui/input';

type Props = Omit<ComponentProps<typeof Select>, 'value' | 'onChange'> & {
  value: StaffRole;
  onChange: (role: StaffRole) => void;
};

export function RoleSelect({ value, onChange, ...rest }: Props) {
  const t = useTexts('common');
  return (
    <Select {...rest} value={value} onChange={(event) => onChange(event.target.value as StaffRole)}>
      {STAFF_ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`staffRole.${role}`)}
        </option>
      ))}
    </Select>
  );
}
