/** Sharing a competition. */
export const share = {
  title: 'Share',
  share: 'Share…',
  link: 'Link',
  copy: 'Copy link',
  copied: 'Link copied',
  notCopied: 'Copying isn’t allowed here. The link is selected.',
  qr: 'QR code',
  qrText: 'QR code that opens {title}',
  download: 'Download QR code',
} as const;
