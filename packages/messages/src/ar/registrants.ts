import type { registrants as en } from '../en/registrants.js';
import type { Translation } from '../en/translation.js';

export const registrants = {
  menu: 'إجراءات {name}',
  mail: 'إرسال بريد إلكتروني',
  copy: 'نسخ عنوان البريد',
  copied: 'تم نسخ {email}',
  remove: 'إزالة…',
  removeDialog: {
    title: '{who, select, TEAMS {إزالة الفريق {name}؟} other {إزالة {name}؟}}',
    seat: '{who, select, TEAMS {ستشغر مقاعده.} other {سيشغر المقعد.}}',
    seatToNext:
      '{who, select, TEAMS {تذهب مقاعده فورًا إلى قائمة الانتظار.} other {يذهب المقعد فورًا إلى أول شخص في قائمة الانتظار.}}',
    position:
      '{who, select, TEAMS {يفقد الفريق دوره في قائمة الانتظار ويتقدم من بعده.} other {يضيع الدور في قائمة الانتظار ويتقدم من بعده.}}',
    consequence:
      '{who, select, TEAMS {لا يمكن التراجع عن ذلك. يبقى الفريق قائمًا ويمكنه التسجيل من جديد.} other {لا يمكن التراجع عن ذلك. يمكن التسجيل من جديد.}}',
    reason: 'السبب',
    reasonHelp: '{who, select, TEAMS {جملة واحدة يقرؤها كل عضو.} other {جملة واحدة يقرؤها الشخص.}}',
    reasonMissing:
      '{who, select, TEAMS {أدخل سببًا: يصل إلى الأعضاء في رسالة.} other {أدخل سببًا: يصل إلى الشخص في رسالة.}}',
    confirm: 'إزالة وإبلاغ',
    done: '{who, select, TEAMS {تمت إزالة {name} وستصل رسالة إلى أعضائه.} other {تمت إزالة {name} وستصله رسالة.}}',
  },
  reinstate: 'إعادة…',
  reinstateDialog: {
    title: 'إعادة {name}؟',
    text: 'يحصل على مقعد شاغر، أو على دوره السابق في قائمة الانتظار، وتصله رسالة بذلك.',
    textTeam:
      'يعود الفريق بأعضائه الحاليين، حتى إن كان عددهم أقل من المطلوب أو لم يكن بوسعهم التسجيل الآن. ويحصل على مقاعد شاغرة، أو على دوره السابق في قائمة الانتظار، وتصل أعضاءه رسالة بذلك.',
    confirm: 'إعادة وإبلاغ',
    seated: 'عاد مقعد {name} وستصله رسالة.',
    waiting: 'عاد {name} إلى قائمة الانتظار وستصله رسالة.',
  },
  select: 'تحديد {name}',
  selectPage: 'تحديد الكل في هذه الصفحة',
  selection: {
    label: '{who, select, TEAMS {الفرق المحددة} other {الأشخاص المحددون}}',
    count:
      '{who, select, TEAMS {{count, plural, zero {لم يُحدد أي فريق} one {حُدد فريق واحد} two {حُدد فريقان} few {حُددت # فرق} many {حُدد # فريقًا} other {حُدد # فريق}}} other {{count, plural, zero {لم يُحدد أحد} one {حُدد شخص واحد} two {حُدد شخصان} few {حُدد # أشخاص} many {حُدد # شخصًا} other {حُدد # شخص}}}}',
    all: 'تحديد الكل ({total, number})',
    loading: 'جارٍ التحديد…',
    clear: 'إلغاء التحديد',
    remove: 'إزالة المحددين…',
  },
  removeSeveral: {
    title:
      '{who, select, TEAMS {{count, plural, zero {عدم إزالة أي فريق؟} one {إزالة فريق واحد؟} two {إزالة فريقين؟} few {إزالة # فرق؟} many {إزالة # فريقًا؟} other {إزالة # فريق؟}}} other {{count, plural, zero {إزالة لا أحد؟} one {إزالة شخص واحد؟} two {إزالة شخصين؟} few {إزالة # أشخاص؟} many {إزالة # شخصًا؟} other {إزالة # شخص؟}}}}',
    effect:
      '{who, select, TEAMS {{count, plural, zero {لن يُزال أي فريق.} one {سيُزال فريق واحد ويُبلغ أعضاؤه بالبريد.} two {سيُزال فريقان ويُبلغ أعضاؤهما بالبريد.} few {ستُزال # فرق ويُبلغ أعضاؤها بالبريد.} many {سيُزال # فريقًا ويُبلغ أعضاؤها بالبريد.} other {سيُزال # فريق ويُبلغ أعضاؤها بالبريد.}}} other {{count, plural, zero {لن يُزال أحد.} one {سيُزال شخص واحد ويُبلغ بالبريد.} two {سيُزال شخصان ويُبلغان بالبريد.} few {سيُزال # أشخاص ويُبلغون بالبريد.} many {سيُزال # شخصًا ويُبلغون بالبريد.} other {سيُزال # شخص ويُبلغون بالبريد.}}}} تذهب المقاعد إلى قائمة الانتظار بالترتيب.',
    undo: 'يمكنك أنت وبقية المديرين التراجع خلال {seconds} ثوانٍ.',
    reasonHelp: 'جملة واحدة يقرؤها كل من تزيله.',
    confirm:
      '{who, select, TEAMS {{count, plural, zero {عدم إزالة أي فريق} one {إزالة فريق واحد} two {إزالة فريقين} few {إزالة # فرق} many {إزالة # فريقًا} other {إزالة # فريق}}} other {{count, plural, zero {إزالة لا أحد} one {إزالة شخص واحد} two {إزالة شخصين} few {إزالة # أشخاص} many {إزالة # شخصًا} other {إزالة # شخص}}}}',
  },
} satisfies Translation<typeof en>;
