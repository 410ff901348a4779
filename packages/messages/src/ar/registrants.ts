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
} satisfies Translation<typeof en>;
