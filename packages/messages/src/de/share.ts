import type { share as en } from '../en/share.js';
import type { Translation } from '../en/translation.js';

export const share = {
  title: 'Teilen',
  share: 'Teilen …',
  link: 'Link',
  copy: 'Link kopieren',
  copied: 'Link kopiert',
  notCopied: 'Kopieren ist hier nicht erlaubt. Der Link ist markiert.',
  qr: 'QR-Code',
  qrText: 'QR-Code, der {title} öffnet',
  download: 'QR-Code herunterladen',
} satisfies Translation<typeof en>;
