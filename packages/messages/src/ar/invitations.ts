import type { invitations as en } from '../en/invitations.js';
import type { Translation } from '../en/translation.js';

export const invitations = {
  metaTitle: 'الدعوات إلى {title}',
  invite: {
    title: 'دعوة أشخاص',
    emails: 'عناوين البريد الإلكتروني',
    emailsHelp: 'اكتبها أو ألصقها، مفصولة بفواصل أو مسافات أو أسطر. لا يلزم أن يكون لأصحابها حسابات.',
    valid:
      '{count, plural, =0 {لا عناوين بعد} zero {لا عناوين بعد} one {عنوان واحد} two {عنوانان} few {# عناوين} many {# عنوانًا} other {# عنوان}}',
    repeated:
      '{count, plural, zero {لا عناوين مكررة.} one {عنوان واحد مكرر ويُحسب مرة واحدة.} two {عنوانان مكرران ويُحسب كل منهما مرة واحدة.} few {# عناوين مكررة ويُحسب كل منها مرة واحدة.} many {# عنوانًا مكررًا ويُحسب كل منها مرة واحدة.} other {# عنوان مكرر ويُحسب كل منها مرة واحدة.}}',
    invalid:
      '{count, plural, zero {ليست عناوين بريد:} one {هذا ليس عنوان بريد:} two {هذان ليسا عنواني بريد:} few {هذه ليست عناوين بريد:} many {هذه ليست عناوين بريد:} other {هذه ليست عناوين بريد:}}',
    removeInvalid:
      '{count, plural, zero {إزالتها} one {إزالته} two {إزالتهما} few {إزالتها} many {إزالتها} other {إزالتها}}',
    tooMany: 'ادعُ {max} شخصًا على الأكثر في كل مرة، أو استورد ملفًا.',
    none: 'أدخل عنوان بريد واحدًا على الأقل.',
    expires: 'حجز المقاعد حتى',
    expiresHelp: 'بعد ذلك تُمنح المقاعد غير المستخدمة لآخرين.',
    message: 'رسالة',
    messageHelp: 'تظهر في الدعوة.',
    free: '{count, plural, =0 {لا يوجد مقعد شاغر الآن.} zero {لا يوجد مقعد شاغر الآن.} one {هناك مقعد شاغر واحد.} two {هناك مقعدان شاغران.} few {هناك # مقاعد شاغرة.} many {هناك # مقعدًا شاغرًا.} other {هناك # مقعد شاغر.}}',
    waitlist: 'هناك أشخاص في قائمة الانتظار، والمقاعد الشاغرة لهم أولًا. زد عدد المقاعد لتدعو المزيد.',
    effect:
      '{count, plural, zero {لا يُحجز أي مقعد.} one {يُحجز مقعد واحد وتُرسل دعوة واحدة.} two {يُحجز مقعدان وتُرسل دعوتان.} few {تُحجز # مقاعد وتُرسل # دعوات.} many {يُحجز # مقعدًا وتُرسل # دعوة.} other {يُحجز # مقعد وتُرسل # دعوة.}}',
    submit:
      '{count, plural, =0 {دعوة} zero {دعوة} one {دعوة شخص واحد} two {دعوة شخصين} few {دعوة # أشخاص} many {دعوة # شخصًا} other {دعوة # شخص}}',
    done: '{count, plural, =0 {لم يُدعَ أحد جديد.} zero {لم يُدعَ أحد جديد.} one {دُعي شخص واحد.} two {دُعي شخصان.} few {دُعي # أشخاص.} many {دُعي # شخصًا.} other {دُعي # شخص.}}',
    skipped: 'لا حاجة إلى دعوة:',
    reason: {
      ALREADY_INVITED: 'مدعوّ بالفعل',
      ALREADY_REGISTERED: 'مسجّل بالفعل',
      STAFF_CANNOT_REGISTER: 'ضمن الطاقم',
    },
  },
  import: { title: 'لديك قائمة؟', text: 'استورد ملف CSV، من جدول بيانات مثلًا.', open: 'استيراد ملف' },
  list: {
    title: 'الدعوات',
    filter: 'عرض',
    state: {
      all: 'الكل',
      open: 'مفتوحة',
      redeemed: 'مقبولة',
      withdrawn: 'مسحوبة',
      expired: 'منتهية',
      cancelled: 'أُلغيت المسابقة',
    },
    searchLabel: 'البحث في الدعوات',
    placeholder: 'الاسم أو البريد',
    search: 'بحث',
    count: '{count, plural, zero {لا دعوات} one {دعوة واحدة} two {دعوتان} few {# دعوات} many {# دعوة} other {# دعوة}}',
    countMany: 'أكثر من 10,000 دعوة',
    emptyTitle: 'لا دعوات بعد',
    emptyText: 'ادعُ أشخاصًا بالبريد الإلكتروني. تحجز كل دعوة مقعدًا إلى أن تُقبل أو تنتهي.',
    noMatchTitle: 'لا نتائج',
    noMatchText: 'جرّب عنوانًا آخر، أو اعرض جميع الدعوات.',
    showAll: 'عرض الكل',
    until: 'حتى {when}',
    unsent: 'لم تُرسل بعد',
    by: 'من <n>{name}</n>',
    erased: 'حساب محذوف',
  },
  actions: {
    copy: 'نسخ الرابط',
    copyFor: 'نسخ الرابط الخاص بـ {email}',
    copied: 'نُسخ الرابط',
    send: 'إرسال',
    resend: 'إرسال مرة أخرى',
    sendTo: 'إرسال إلى {email}',
    resendTo: 'إرسال مرة أخرى إلى {email}',
    sent: 'الدعوة إلى {email} في الطريق.',
    withdraw: 'سحب…',
    withdrawFrom: 'سحب الدعوة المرسلة إلى {email}',
    withdrawTitle: 'هل تسحب هذه الدعوة؟',
    withdrawText:
      'المقعد المحجوز لصاحب {email} يُمنح لقائمة الانتظار أو يصبح شاغرًا. وإن كانت الدعوة قد أُرسلت، فستصله رسالة.',
    withdrawConfirm: 'سحب الدعوة',
    withdrawn: 'سُحبت الدعوة إلى {email}.',
    refusal: {
      INVITATION_NOT_FOUND: 'لم تعد هذه الدعوة موجودة.',
      INVITATION_USED: 'قُبلت هذه الدعوة للتو.',
      INVITATION_WITHDRAWN: 'سُحبت هذه الدعوة بالفعل.',
      INVITATION_EXPIRED: 'انتهت هذه الدعوة.',
      COMPETITION_CANCELLED: 'أُلغيت المسابقة.',
      TOO_MANY_REQUESTS: 'أُرسلت قبل أقل من دقيقة.',
    },
    sendUnsent:
      '{count, plural, zero {إرسال الدعوات} one {إرسال دعوة واحدة لم تُرسل} two {إرسال دعوتين لم تُرسلا} few {إرسال # دعوات لم تُرسل} many {إرسال # دعوة لم تُرسل} other {إرسال # دعوة لم تُرسل}}',
    sentUnsent:
      '{count, plural, zero {لم تُرسل أي دعوة.} one {دعوة واحدة في الطريق.} two {دعوتان في الطريق.} few {# دعوات في الطريق.} many {# دعوة في الطريق.} other {# دعوة في الطريق.}}',
  },
} satisfies Translation<typeof en>;
