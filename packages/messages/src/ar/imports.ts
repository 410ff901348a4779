import type { imports as en } from '../en/imports.js';
import type { Translation } from '../en/translation.js';

export const imports = {
  metaTitle: 'استيراد أشخاص إلى {title}',
  back: 'الدعوات',
  title: 'استيراد أشخاص',
  text: 'ارفع ملف CSV فيه عمود «البريد الإلكتروني»، وعمود «الاسم» إن شئت. سترى ما سيحدث لكل صف قبل تسجيل أي شخص أو دعوته.',
  choose: 'اختيار ملف CSV',
  drop: 'أو أفلته هنا',
  limits: 'حتى 5 ميغابايت و10,000 صف. تصلح الفواصل والفواصل المنقوطة وعلامات الجدولة.',
  checking: 'جارٍ فحص الملف… {percent}',
  earlier: 'عمليات استيراد سابقة',
  earlierText: 'تُحذف عمليات الاستيراد بعد 30 يومًا.',
  unnamed: 'ملف',
  state: { checked: 'لم يُستورد بعد', running: 'جارٍ', done: 'انتهى' },
  byWhom: '{when}، <n>{name}</n>',
  readAs:
    'قُرئ بترميز {encoding}، والفاصل بين الأعمدة {separator, select, comma {فاصلة} semicolon {فاصلة منقوطة} other {علامة جدولة}}.',
  unknownColumns:
    '{count, plural, zero {لم يُهمل أي عمود.} one {أُهمل هذا العمود:} two {أُهمل هذان العمودان:} few {أُهملت هذه الأعمدة:} many {أُهملت هذه الأعمدة:} other {أُهملت هذه الأعمدة:}}',
  filter: 'عرض الصفوف',
  verdict: {
    all: 'جميع الصفوف',
    NEW: 'جديد',
    ALREADY_ACTIVE: 'مسجّل أو مدعوّ بالفعل',
    DUPLICATE_IN_FILE: 'مكرر',
    INVALID: 'فيه خطأ',
  },
  verdictOf: { NEW: 'جديد', ALREADY_ACTIVE: 'متخطًّى', DUPLICATE_IN_FILE: 'مكرر', INVALID: 'خطأ' },
  reason: {
    REGISTERED: 'مسجّل بالفعل',
    WAITLISTED: 'في قائمة الانتظار',
    APPLIED: 'قدّم طلبًا',
    INVITED: 'مدعوّ بالفعل',
    STAFF: 'ضمن الطاقم',
    EMAIL_MISSING: 'لا عنوان بريد',
    EMAIL_INVALID: 'ليس عنوان بريد',
    NAME_INVALID: 'الاسم طويل جدًا أو فيه رموز لا يمكن استخدامها',
    QUOTE_UNCLOSED: 'علامة اقتباس لم تُغلق',
  },
  outcome: { SEATED: 'سُجّل', INVITED: 'دُعي', SKIPPED: 'متخطًّى', ENDED: 'انتهت الدعوة' },
  row: 'الصف',
  name: 'الاسم',
  email: 'البريد الإلكتروني',
  result: 'النتيجة',
  caption: 'صفوف الملف',
  noRows: 'لا صفوف من هذا النوع.',
  commit: {
    title:
      '{count, plural, zero {لا أحد} one {استيراد شخص واحد} two {استيراد شخصين} few {استيراد # أشخاص} many {استيراد # شخصًا} other {استيراد # شخص}}',
    nothing: 'لا أحد لاستيراده',
    nothingText: 'كل من في هذا الملف مسجّل أو مدعوّ بالفعل، أو في صفه خطأ.',
    tooFew: 'المقاعد الشاغرة لا تكفي',
    tooFewText:
      'في هذا الملف {count, plural, zero {لا أحد جديد} one {شخص جديد واحد} two {شخصان جديدان} few {# أشخاص جدد} many {# شخصًا جديدًا} other {# شخص جديد}}، و{free, plural, =0 {لا يوجد مقعد شاغر} zero {لا يوجد مقعد شاغر} one {هناك مقعد شاغر واحد} two {هناك مقعدان شاغران} few {هناك # مقاعد شاغرة} many {هناك # مقعدًا شاغرًا} other {هناك # مقعد شاغر}}. يحجز الاستيراد مقعدًا للجميع أو لا يحجز شيئًا: أضف مقاعد، أو استورد ملفًا أقصر.',
    effect:
      '{count, plural, zero {لا يُحجز أي مقعد.} one {يُحجز مقعد واحد.} two {يُحجز مقعدان معًا أو لا يُحجز شيء.} few {تُحجز # مقاعد كلها أو لا يُحجز شيء.} many {يُحجز # مقعدًا كلها أو لا يُحجز شيء.} other {يُحجز # مقعد كلها أو لا يُحجز شيء.}} من لديه حساب بعنوان مؤكد يُسجّل فورًا، ويصل الباقين دعوة. لا يفقد أحد مقعده.',
    notify: 'الرسائل الإلكترونية',
    yes: 'إرسال رسائل إلكترونية',
    yesText: 'يصل الجميع تأكيد أو دعوة.',
    no: 'دون رسائل إلكترونية',
    noText: 'تظهر الرسائل في صندوق الرسائل في هذا الموقع فقط، ويمكنك إرسال الدعوات لاحقًا.',
    expires: 'حجز مقاعد المدعوين حتى',
    submit:
      '{count, plural, zero {استيراد} one {استيراد شخص واحد} two {استيراد شخصين} few {استيراد # أشخاص} many {استيراد # شخصًا} other {استيراد # شخص}}',
  },
  progress: {
    running: '{handled, number} من {total, number}',
    label: 'تقدّم الاستيراد',
    doneTitle: 'انتهى الاستيراد',
    done: '{seated, plural, =0 {لم يُسجّل أحد فورًا} zero {لم يُسجّل أحد فورًا} one {سُجّل شخص واحد} two {سُجّل شخصان} few {سُجّل # أشخاص} many {سُجّل # شخصًا} other {سُجّل # شخص}}، {invited, plural, =0 {ولم يُدعَ أحد} zero {ولم يُدعَ أحد} one {ودُعي شخص واحد} two {ودُعي شخصان} few {ودُعي # أشخاص} many {ودُعي # شخصًا} other {ودُعي # شخص}}.',
    quiet: 'لم تُرسل رسائل إلكترونية. يمكنك إرسال الدعوات من القائمة.',
    invitations: 'عرض الدعوات',
    report: 'تنزيل التقرير',
    another: 'استيراد ملف آخر',
  },
} satisfies Translation<typeof en>;
