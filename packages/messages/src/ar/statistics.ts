import type { statistics as en } from '../en/statistics.js';
import type { Translation } from '../en/translation.js';

export const statistics = {
  fill: 'من المقاعد محجوز',
  seated: 'لديهم مقعد',
  waiting: 'في قائمة الانتظار',
  promoted: 'انتقلوا من قائمة الانتظار',
  left: 'غادروا',
  removed: 'أُزيلوا',
  held: 'بانتظار التأكيد',
  applied: 'قدّموا طلبًا',
  rejected: 'رُفضوا',
  expired: 'لم يؤكّدوا',
  perHour: 'التسجيلات في الساعة',
  perDay: 'التسجيلات في اليوم',
  empty: 'لا تسجيلات بعد. أول تسجيل يرسم أول عمود.',
  table: 'عرض كجدول',
  hour: 'الساعة',
  day: 'اليوم',
  registered: 'سجّلوا',
  ended: 'غادروا أو أُزيلوا',
  summary:
    '{count, plural, zero {لا تسجيلات} one {تسجيل واحد} two {تسجيلان} few {# تسجيلات} many {# تسجيلًا} other {# تسجيل}} من {from} إلى {to}، بحد أقصى {peak, number} في المرة.',
  summaryOfOne:
    '{count, plural, zero {لا تسجيلات} one {تسجيل واحد} two {تسجيلان} few {# تسجيلات} many {# تسجيلًا} other {# تسجيل}} في {at}.',
  look: 'اختيار عمود',
  bar: '{when}: سجّل {registered, number}، وغادر أو أُزيل {ended, number}',
} satisfies Translation<typeof en>;
