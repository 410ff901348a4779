import type { share as en } from '../en/share.js';
import type { Translation } from '../en/translation.js';

export const share = {
  title: 'مشاركة',
  share: 'مشاركة…',
  link: 'الرابط',
  copy: 'نسخ الرابط',
  copied: 'تم نسخ الرابط',
  notCopied: 'النسخ غير مسموح هنا. الرابط محدد.',
  qr: 'رمز QR',
  qrText: 'رمز QR يفتح {title}',
  download: 'تنزيل رمز QR',
} satisfies Translation<typeof en>;
