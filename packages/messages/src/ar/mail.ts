import type { mail as en } from '../en/mail.js';
import type { Translation } from '../en/translation.js';

export const mail = {
  confirmed: {
    title: 'تم تأكيد مقعدك: {competition}',
    text: 'مقعدك في {competition} مؤكَّد.',
    note: 'إذا تعذّر عليك الحضور، فانسحب من المسابقة رجاءً ليذهب مقعدك إلى التالي في قائمة الانتظار.',
  },
  promoted: {
    title: 'حصلت على مقعد: {competition}',
    text: 'شغر مقعد في {competition}، وكان دورك هو التالي في قائمة الانتظار. المقعد لك الآن.',
    note: 'إذا لم يعد بإمكانك الحضور، فانسحب من المسابقة رجاءً ليذهب المقعد إلى التالي في قائمة الانتظار.',
  },
  waiting: {
    title: 'أنت في قائمة الانتظار: {competition}',
    text: 'جميع المقاعد في {competition} محجوزة، وأنت الآن في قائمة الانتظار. حين يأتي دورك ستحصل على مقعد تلقائيًا، وسنخبرك بذلك.',
    note: 'تجد ترتيبك في صفحة «تسجيلاتي».',
  },
  notPromoted: {
    title: 'لا مقعد هذه المرة: {competition}',
    text: 'أُغلق التسجيل في {competition} ولم يشغر مقعد لك. نأسف لأن الأمر لم يتم هذه المرة.',
  },
  left: {
    title: 'تم انسحابك: {competition}',
    text: 'لم تعد مسجَّلًا في {competition}.',
    note: 'إذا غيّرت رأيك، فيمكنك التسجيل مجددًا ما دام التسجيل مفتوحًا.',
  },
  removed: {
    title: 'أُزيل تسجيلك: {competition}',
    text: 'أزال المنظّم تسجيلك من {competition}.',
  },
  changed: {
    title: '{what, select, date {موعد جديد} place {مكان جديد} other {موعد ومكان جديدان}}: {competition}',
    text: 'غيّر المنظّم {what, select, date {موعد} place {مكان} other {موعد ومكان}} {competition}.',
    undecided: 'لم تُعلَن التفاصيل الجديدة بعد.',
    note: 'إذا لم يناسبك ذلك، فيمكنك الانسحاب من صفحة المسابقة.',
  },
  cancelled: {
    title: 'أُلغيت: {competition}',
    text: 'ألغى المنظّم {competition}، وانتهى تسجيلك بذلك. ليس عليك فعل أي شيء.',
  },
  reminder: {
    title: 'اقترب الموعد: {competition}',
    text: 'تبدأ {competition} خلال الساعات الأربع والعشرين القادمة.',
    note: 'إذا تعذّر عليك الحضور، فانسحب من المسابقة رجاءً كي يعلم المنظّم بذلك.',
  },
  newSignIn: {
    title: 'تسجيل دخول جديد إلى حسابك',
    text: 'سجّل أحدهم الدخول إلى حسابك من جهاز لم نعرفه من قبل.',
    note: 'إن كنت أنت، فكل شيء على ما يرام. وإلا فغيّر كلمة المرور: سيؤدي ذلك إلى إنهاء جميع الجلسات الأخرى.',
  },
  resetLink: {
    title: 'تعيين كلمة مرور جديدة',
    text: 'طلب أحدهم، ونرجو أن يكون أنت، إعادة تعيين كلمة مرور حسابك. الرابط صالح لمرة واحدة ولمدة ساعة.',
    note: 'إن لم تكن أنت من طلب ذلك، فتجاهل هذه الرسالة: ستبقى كلمة المرور كما هي.',
  },
  details: {
    when: 'الموعد',
    where: 'المكان',
    reason: 'السبب',
    device: 'الجهاز',
    address: 'عنوان IP',
  },
  frame: {
    greeting: 'مرحبًا {name}،',
    viewCompetition: 'عرض المسابقة',
    reviewSessions: 'مراجعة جلساتك',
    setPassword: 'تعيين كلمة مرور جديدة',
    leaveQuestion: 'لا يمكنك الحضور؟',
    leave: 'الانسحاب من المسابقة',
    footer: 'تصلك هذه الرسالة لأن لديك حسابًا في Mini Compete.',
    mailbox: 'جميع رسائلك',
  },
} satisfies Translation<typeof en>;
