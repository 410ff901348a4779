'use client';

import { DOOR_NAME_MAX } from '@mini-compete/shared/check-in-rules';
import { type FormEvent, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Door } from './door';

/** The first time: which door is this? */
export function DoorSetup({ door }: { door: Door }) {
  const t = useTexts('door');
  return (
    <div className="shell max-w-xl grow py-8">
      <h2 className="text-2xl">{t('setup.title')}</h2>
      <p className="mt-3 mb-6 text-muted">{t('setup.text')}</p>
      <DoorNameForm name="" submit={t('setup.start')} onSave={(name) => void door.changeSettings({ name })} />
      <p className="mt-6 text-sm text-muted">{t('setup.stored')}</p>
    </div>
  );
}

export function DoorNameForm({
  name: initial,
  submit,
  onSave,
}: {
  name: string;
  submit: string;
  onSave: (name: string) => void;
}) {
  const t = useTexts('door');
  const [name, setName] = useState(initial);
  const [isMissing, setIsMissing] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    setIsMissing(trimmed === '');
    if (trimmed === '') document.getElementById('door-name')?.focus();
    else onSave(trimmed);
  };
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-5">
      <Field id="door-name" label={t('setup.label')} error={isMissing ? t('setup.missing') : undefined}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={DOOR_NAME_MAX}
            placeholder={t('setup.placeholder')}
            autoComplete="off"
            enterKeyHint="done"
          />
        )}
      </Field>
      <Button type="submit" tone="primary" size="lg" className="self-start max-sm:w-full">
        {submit}
      </Button>
    </form>
  );
}
