'use client';

import { Download, RefreshCw, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { StatusLabel } from '@/components/ui/status-label';
import type { OfflineState } from '@/lib/offline/use-offline';
import type { Door } from './door';
import type { DoorSettings } from './door-database';
import { DoorNameForm } from './door-setup';
import type { DoorState } from './door-state';

type Props = { id: string; door: Door; state: DoorState; settings: DoorSettings; offline: OfflineState };

/** Below the header: the age of the list, what works without a network, and the settings of this door. */
export function DoorDetails({ id, door, state, settings, offline }: Props) {
  const t = useTexts('door');
  const { instant } = useFormats();
  const [isRenaming, setIsRenaming] = useState(false);
  const { list, unsent } = state;
  return (
    <div id={id} className="animate-fade border-t border-line">
      <div className="shell flex flex-col gap-4 py-4">
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
          {list && (
            <>
              <li>{t('connection.listFrom', { when: instant(list.takenAt, 'short') })}</li>
              <li>{t('connection.people', { count: list.people.count })}</li>
            </>
          )}
          <li>
            <OfflineLabel state={offline} />
          </li>
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            busy={state.isLoadingList}
            icon={<RefreshCw aria-hidden="true" className="size-4" />}
            onClick={() => void door.refresh()}
          >
            {t('connection.refresh')}
          </Button>
          <Button
            size="sm"
            icon={<SoundIcon isMuted={settings.isMuted} />}
            onClick={() => void door.changeSettings({ isMuted: !settings.isMuted })}
          >
            {t(settings.isMuted ? 'sound.on' : 'sound.off')}
          </Button>
          <Button size="sm" aria-expanded={isRenaming} onClick={() => setIsRenaming(!isRenaming)}>
            {t('setup.change')}
          </Button>
          {unsent > 0 && (
            <Button
              size="sm"
              icon={<Download aria-hidden="true" className="size-4" />}
              onClick={() => void saveUnsent(door)}
            >
              {t('connection.export')}
            </Button>
          )}
        </div>
        {isRenaming && (
          <DoorNameForm
            name={settings.name}
            submit={t('setup.save')}
            onSave={(name) => {
              setIsRenaming(false);
              void door.changeSettings({ name });
            }}
          />
        )}
      </div>
    </div>
  );
}

function SoundIcon({ isMuted }: { isMuted: boolean }) {
  const Icon = isMuted ? Volume2 : VolumeX;
  return <Icon aria-hidden="true" className="size-4" />;
}

function OfflineLabel({ state }: { state: OfflineState }) {
  const t = useTexts('door');
  if (state === 'PREPARING') return t('connection.preparing');
  return state === 'READY' ? (
    <StatusLabel tone="success" shape="tick">
      {t('connection.ready')}
    </StatusLabel>
  ) : (
    <span className="text-warning">{t('connection.notReady')}</span>
  );
}

async function saveUnsent(door: Door): Promise<void> {
  const file = await door.exportUnsent();
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(url);
}
