import type { layout as en } from '../en/layout.js';
import type { Translation } from '../en/translation.js';

export const layout = {
  description: 'مسابقات ترى مقاعدها: ابحث وسجّل واعرف موقعك.',
  skipToContent: 'انتقل إلى المحتوى',
  home: 'Mini Compete، الصفحة الرئيسية',
  mainNavigation: 'القائمة الرئيسية',
  menu: 'القائمة',
  competitions: 'المسابقات',
  myRegistrations: 'تسجيلاتي',
  myCompetitions: 'مسابقاتي',
  mailbox: 'الرسائل',
  unread:
    '{count, plural, zero {لا رسائل غير مقروءة} one {رسالة واحدة غير مقروءة} two {رسالتان غير مقروءتين} few {# رسائل غير مقروءة} many {# رسالة غير مقروءة} other {# رسالة غير مقروءة}}',
  organize: 'التنظيم',
  admin: 'الإدارة',
  signIn: 'تسجيل الدخول',
  signUp: 'إنشاء حساب',
  search: 'ابحث في المسابقات',
  account: {
    label: 'حساب {name}',
    navigation: 'الحساب',
    role: { PARTICIPANT: 'مشارك', ORGANIZER: 'منظّم', ADMIN: 'مدير' },
    profile: 'الملف الشخصي والجلسات',
    signOut: 'تسجيل الخروج',
    signingOut: 'جارٍ تسجيل الخروج…',
    stillSignedIn: 'ما زلت مسجّل الدخول. {reason}',
  },
  verify: {
    offered: 'أكّد عنوان بريدك الإلكتروني.',
    required:
      'أكّد عنوان بريدك الإلكتروني {role, select, ORGANIZER {لتتمكن من إنشاء المسابقات} other {لتتمكن من التسجيل في المسابقات}}.',
    open: 'إدخال الرمز',
    label: 'تأكيد البريد الإلكتروني',
  },
  theme: { label: 'المظهر', system: 'مثل النظام', light: 'فاتح', dark: 'داكن' },
  language: 'اللغة',
  footer: {
    motto: 'تسجيل لا يمنح المقعد الواحد مرتين.',
    navigation: 'المزيد',
    api: 'API',
    version: 'الإصدار {version}',
  },
  error: {
    title: 'حدث خطأ ما',
    heading: 'تعذّر تحميل هذه الصفحة',
    safe: 'كل تسجيلاتك محفوظة. حاول مجددًا بعد لحظات.',
    reference: 'إذا تكرر الأمر فاذكر هذا الرقم المرجعي: {reference}',
    home: 'الصفحة الرئيسية',
  },
  notFound: {
    title: 'الصفحة غير موجودة',
    heading: 'لا يوجد شيء على هذا العنوان',
    text: 'قد يكون الرابط ناقصًا، أو حذف المنظّم المسابقة.',
    search: 'ابحث في المسابقات',
  },
} satisfies Translation<typeof en>;
