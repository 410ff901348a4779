import type { fallback as en } from '../en/fallback.js';
import type { Translation } from '../en/translation.js';

export const fallback = {
  noConnection: 'لا يوجد اتصال بالخادم.',
  unreadableResponse: 'أرسل الخادم ردًا غير مقروء.',
  pageFailed: 'تعذّر تحميل هذه الصفحة',
  safe: 'كل تسجيلاتك محفوظة. حاول مجددًا بعد لحظات.',
  retry: 'حاول مجددًا',
} satisfies Translation<typeof en>;
