'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTexts } from '#texts';
import { Input } from '@/components/ui/input';
import { NativeButton } from '@/components/ui/native';

/** Password input with a button to show the password. */
export function PasswordInput(props: ComponentProps<'input'>) {
  const t = useTexts('accounts');
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="relative">
      <Input {...props} type={shown ? 'text' : 'password'} className="pe-12" />
      <NativeButton
        aria-label={t('field.showPassword')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 end-1 grid w-10 place-items-center text-muted hover:text-ink"
      >
        <Icon aria-hidden="true" className="size-5" />
      </NativeButton>
    </span>
  );
}
