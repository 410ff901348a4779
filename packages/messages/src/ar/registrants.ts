import type { registrants as en } from '../en/registrants.js';
import type { Translation } from '../en/translation.js';

export const registrants = {
  menu: 'إجراءات {name}',
  mail: 'إرسال بريد إلكتروني',
  copy: 'نسخ عنوان البريد',
  copied: 'تم نسخ {email}',
  remove: 'إزالة…',
  removeDialog: {
    title: 'إزالة {name}؟',
    seat: 'سيشغر المقعد.',
    seatToNext: 'يذهب المقعد فورًا إلى أول شخص في قائمة الانتظار.',
    position: 'يضيع الدور في قائمة الانتظار ويتقدم من بعده.',
    consequence: 'لا يمكن التراجع عن ذلك. يمكن التسجيل من جديد.',
    reason: 'السبب',
    reasonHelp: 'جملة واحدة يقرؤها الشخص.',
    reasonMissing: 'أدخل سببًا: يصل إلى الشخص في رسالة.',
    confirm: 'إزالة وإبلاغ',
    done: 'تمت إزالة {name} وستصله رسالة.',
  },
  reinstate: 'إعادة…',
  reinstateDialog: {
    title: 'إعادة {name}؟',
    text: 'يحصل على مقعد شاغر، أو على دوره السابق في قائمة الانتظار، وتصله رسالة بذلك.',
    confirm: 'إعادة وإبلاغ',
    seated: 'عاد مقعد {name} وستصله رسالة.',
    waiting: 'عاد {name} إلى قائمة الانتظار وستصله رسالة.',
  },
  select: 'تحديد {name}',
  selectPage: 'تحديد كل من في هذه الصفحة',
  selection: {
    label: 'الأشخاص المحددون',
    count:
      '{count, plural, zero {لم يُحدد أحد} one {حُدد شخص واحد} two {حُدد شخصان} few {حُدد # أشخاص} many {حُدد # شخصًا} other {حُدد # شخص}}',
    all: 'تحديد الكل ({total, number})',
    loading: 'جارٍ التحديد…',
    clear: 'إلغاء التحديد',
    remove: 'إزالة المحددين…',
  },
  removeSeveral: {
    title:
      '{count, plural, zero {إزالة لا أحد؟} one {إزالة شخص واحد؟} two {إزالة شخصين؟} few {إزالة # أشخاص؟} many {إزالة # شخصًا؟} other {إزالة # شخص؟}}',
    effect:
      '{count, plural, zero {لن يُزال أحد.} one {سيُزال شخص واحد ويُبلغ بالبريد.} two {سيُزال شخصان ويُبلغان بالبريد.} few {سيُزال # أشخاص ويُبلغون بالبريد.} many {سيُزال # شخصًا ويُبلغون بالبريد.} other {سيُزال # شخص ويُبلغون بالبريد.}} تذهب المقاعد إلى قائمة الانتظار بالترتيب.',
    undo: 'يمكنك أنت وبقية المديرين التراجع خلال {seconds} ثوانٍ.',
    reasonHelp: 'جملة واحدة يقرؤها كل من تزيله.',
    confirm:
      '{count, plural, zero {إزالة لا أحد} one {إزالة شخص واحد} two {إزالة شخصين} few {إزالة # أشخاص} many {إزالة # شخصًا} other {إزالة # شخص}}',
  },
} satisfies Translation<typeof en>;
