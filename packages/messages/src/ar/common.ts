import type { common as en } from '../en/common.js';
import type { Translation } from '../en/translation.js';

export const common = {
  seats: '{count, plural, zero {لا مقاعد} one {مقعد واحد} two {مقعدان} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
  seatsLeft:
    'بقي {left, number} من {capacity, plural, zero {# مقعد} one {مقعد واحد} two {مقعدين} few {# مقاعد} many {# مقعدًا} other {# مقعد}}',
  teamSize:
    '{size, select, exact {فرق من {max, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}} upTo {فرق حتى {max, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}} other {فرق من {min, number} إلى {max, plural, zero {# عضو} one {عضو واحد} two {عضوين} few {# أعضاء} many {# عضوًا} other {# عضو}}}}',
  allSeatsTaken:
    '{capacity, plural, zero {لا مقاعد} one {المقعد محجوز} two {المقعدان محجوزان} few {المقاعد الـ# محجوزة} many {المقاعد الـ# محجوزة} other {المقاعد الـ# محجوزة}}',
  status: {
    upcoming: 'يُفتح لاحقًا',
    open: 'مفتوح',
    almostFull: 'أوشك على الاكتمال',
    applications: 'التقديم مفتوح',
    full: 'مكتمل',
    closed: 'مغلق',
    cancelled: 'أُلغيت',
  },
  visibility: {
    DRAFT: 'مسودة',
    UNLISTED: 'غير مدرجة',
    PUBLIC: 'عامة',
  },
  mySeat: '{seats}. أحد المقاعد المحجوزة لك.',
  seatMark:
    '{count, plural, zero {العلامة الواحدة # مقعد} one {العلامة الواحدة مقعد واحد} two {العلامة الواحدة مقعدان} few {العلامة الواحدة # مقاعد} many {العلامة الواحدة # مقعدًا} other {العلامة الواحدة # مقعد}}',
  fullWaitlist: 'مكتمل، قائمة الانتظار مفتوحة',
  waitlistOpen: 'قائمة الانتظار مفتوحة',
  duration: {
    days: '{days, plural, zero {# يوم} one {يوم واحد} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}',
    daysHours:
      '{days, plural, zero {# يوم} one {يوم واحد} two {يومان} few {# أيام} many {# يومًا} other {# يوم}} و{hours} س',
    hours: '{hours} س',
    hoursMinutes: '{hours} س {minutes} د',
    minutesSeconds: '{minutes} د {seconds} ث',
    seconds: '{seconds} ث',
  },
  dateTime: {
    date: 'التاريخ',
    time: 'الوقت',
    datePlaceholder: 'YYYY-MM-DD',
    timePlaceholder: 'HH:MM',
    pick: 'اختيار التاريخ: {label}',
    echo: '{when}، {distance}',
  },
  calendar: {
    add: 'أضف إلى التقويم',
    addTitle: 'أضف إلى التقويم: {title}',
    // The mark keeps the dot before the letters.
    file: 'ملف تقويم (\u200e.ics)',
    google: 'تقويم Google',
    outlook: 'Outlook.com',
  },
  optional: 'اختياري',
  staffRole: { OWNER: 'مالك', MANAGER: 'مدير', REVIEWER: 'مراجع', SCANNER: 'مسؤول الحضور' },
  showing: '{shown, number} من {total, number}',
  showingOfMany: '{shown, number} من أكثر من 10,000',
  fieldsNeedAttention:
    '{count, plural, zero {# حقل بحاجة} one {حقل واحد بحاجة} two {حقلان بحاجة} few {# حقول بحاجة} many {# حقلًا بحاجة} other {# حقل بحاجة}} إلى مراجعتك',
  now: 'الآن',
  notifications: 'الإشعارات',
  deletedAccount: 'حساب محذوف',
  cancel: 'إلغاء',
  close: 'إغلاق',
  save: 'حفظ التغييرات',
  retry: 'حاول مجددًا',
  loadMore: 'عرض المزيد',
  loading: 'جارٍ التحميل…',
} satisfies Translation<typeof en>;
