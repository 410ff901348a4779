'use client';

import { Check, Copy, Download, QrCode, Share2 } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useTexts } from '#texts';
import { Button, buttonClass } from '@/components/ui/button';

/** Ways to pass on a competition: what the device offers, its link, and a QR code. Needs the texts of `share`. */
export function Share({ url, title }: { url: string; title: string }) {
  const t = useTexts('share');
  const link = useRef<HTMLInputElement>(null);
  const canShare = useSyncExternalStore(subscribeToNothing, hasSystemShare, () => false);
  const [copied, setCopied] = useState<boolean | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const copy = async () => {
    link.current?.select();
    setCopied(
      await navigator.clipboard.writeText(url).then(
        () => true,
        () => false,
      ),
    );
  };
  // Loaded on demand: few people need it, and everybody would download it.
  const toggleCode = async () => setCode(code === null ? await drawQrCode(url) : null);
  return (
    <section aria-label={t('title')} className="flex flex-col gap-3">
      <label className="block">
        <span className="sr-only">{t('link')}</span>
        <input
          ref={link}
          readOnly
          dir="ltr"
          value={url}
          onFocus={(event) => event.target.select()}
          className="min-h-11 w-full truncate rounded-md border border-line bg-sunken px-3.5 text-sm"
        />
      </label>
      <div className="flex flex-wrap items-center gap-2">
        {canShare && (
          <Button
            size="sm"
            icon={<Share2 aria-hidden="true" className="size-4" />}
            // Rejects when the person closes the dialog of the system, which is no error.
            onClick={() => void navigator.share({ url, title }).catch(() => undefined)}
          >
            {t('share')}
          </Button>
        )}
        <Button
          size="sm"
          icon={
            copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />
          }
          onClick={() => void copy()}
        >
          {t('copy')}
        </Button>
        <Button
          size="sm"
          aria-expanded={code !== null}
          icon={<QrCode aria-hidden="true" className="size-4" />}
          onClick={() => void toggleCode()}
        >
          {t('qr')}
        </Button>
        <p role="status" className="text-sm text-muted">
          {copied === null ? '' : copied ? t('copied') : t('notCopied')}
        </p>
      </div>
      {code !== null && (
        <div className="flex flex-wrap items-end gap-4">
          {/* biome-ignore lint/performance/noImgElement: drawn in the browser, there is nothing to optimize */}
          <img src={code} alt={t('qrText', { title })} className="size-44 rounded-md" />
          <a href={code} download={`${title}.svg`} className={buttonClass({ size: 'sm' })}>
            <Download aria-hidden="true" className="size-4" />
            {t('download')}
          </a>
        </div>
      )}
    </section>
  );
}

const subscribeToNothing = () => () => undefined;
const hasSystemShare = () => typeof navigator.share === 'function';

/** Black on white in both themes: scanners do not read inverted codes. */
async function drawQrCode(text: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  const svg = renderSVG(text, { border: 2, blackColor: '#000', whiteColor: '#fff' });
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
