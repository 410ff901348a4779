'use client';

import { useTexts } from '#texts';
import { CodeForm } from '@/components/accounts/verification/code-form';
import { Button } from '@/components/ui/button';

type Props = {
  /** They wanted to join the waitlist. */
  joins: boolean;
  /** Sends the refused attempt again. */
  resume: () => void;
  cancel: () => void;
};

/** In place of the button: the press counts as soon as the address is verified. */
export function VerifyStep({ joins, resume, cancel }: Props) {
  const t = useTexts('verification');
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5 print:hidden">
      <div role="status">
        <h2 className="text-lg">{t('toRegister.title')}</h2>
        <p className="mt-1">{t(joins ? 'toRegister.join' : 'toRegister.text')}</p>
      </div>
      <CodeForm initial={null} onVerified={resume} focus />
      <Button tone="ghost" size="sm" className="self-start" onClick={cancel}>
        {t('toRegister.cancel')}
      </Button>
    </div>
  );
}
