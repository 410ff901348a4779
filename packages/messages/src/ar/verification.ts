import type { Translation } from '../en/translation.js';
import type { verification as en } from '../en/verification.js';

export const verification = {
  title: 'أكّد عنوان بريدك الإلكتروني',
  sent: 'أرسلنا رمزًا من 6 أرقام إلى <address>{email}</address>. يبقى صالحًا 10 دقائق.',
  notSent: 'سنرسل رمزًا من 6 أرقام إلى <address>{email}</address>.',
  terminal: 'لا يوجد خادم بريد هنا، لذلك يظهر الرمز في الطرفية التي يعمل فيها Mini Compete.',
  unavailable: 'لا يستطيع هذا الموقع إرسال البريد. اطلب من القائمين عليه تأكيد عنوانك.',
  loading: 'جارٍ التحميل…',
  code: 'الرمز',
  codeHelp: 'لم يصلك شيء بعد دقيقة؟ تفقّد مجلد الرسائل غير المرغوبة.',
  triesLeft:
    '{count, plural, =0 {اطلب رمزًا جديدًا.} zero {اطلب رمزًا جديدًا.} one {بقيت لك محاولة واحدة.} two {بقيت لك محاولتان.} few {بقيت لك # محاولات.} many {بقيت لك # محاولة.} other {بقيت لك # محاولة.}}',
  submit: 'تأكيد',
  submitting: 'جارٍ التأكيد…',
  send: 'إرسال الرمز',
  resend: 'إرسال رمز جديد',
  sending: 'جارٍ الإرسال…',
  resendIn: 'يمكنك طلب رمز جديد خلال {duration}.',
  resent: 'رمز جديد في طريقه إليك. لم تعد الرموز السابقة صالحة.',
  wrongAddress: 'العنوان خاطئ؟ <link>غيّره</link>',
  done: {
    title: 'تأكّد عنوان بريدك الإلكتروني',
    text: '<address>{email}</address> عنوانك. إن بدأت في علامة تبويب أخرى فيمكنك إغلاق هذه الصفحة: ستتابع هناك.',
    next: 'متابعة',
  },
  link: {
    text: 'أكّد أن <address>{email}</address> عنوانك.',
    submit: 'تأكيد عنوان البريد',
    useCode: 'إدخال الرمز بدلًا من ذلك',
  },
  signedOut: {
    text: 'افتح هذا الرابط في المتصفح الذي طلبته منه، أو سجّل الدخول وأدخل الرمز الوارد في الرسالة.',
    signIn: 'تسجيل الدخول',
  },
  toRegister: {
    title: 'خطوة أخيرة: تفقّد بريدك',
    text: 'أدخل الرمز وستُسجَّل بعده مباشرة.',
    join: 'أدخل الرمز وستنضم إلى قائمة الانتظار بعده مباشرة.',
    cancel: 'إلغاء',
  },
  profile: {
    title: 'البريد الإلكتروني',
    text: 'به تسجّل الدخول، وإليه تصل الرسائل.',
    current: 'العنوان الحالي',
    verified: 'مؤكَّد',
    unverified: 'غير مؤكَّد',
    verify: 'تأكيد',
    pending: 'يسري عنوانك الجديد <address>{email}</address> فور تأكيده.',
    enterCode: 'إدخال الرمز',
    cancelChange: 'الإبقاء على العنوان الحالي',
    canceled: 'بقي عنوانك كما هو.',
    newEmail: 'عنوان البريد الجديد',
    newEmailHelp: 'سنرسل رمزًا إليه، وستصل إلى عنوانك الحالي رسالة بذلك.',
    password: 'كلمة المرور الحالية للتأكد من أنك أنت',
    change: 'تغيير عنوان البريد',
  },
} satisfies Translation<typeof en>;
