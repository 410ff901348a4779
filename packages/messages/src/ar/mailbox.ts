import type { mailbox as en } from '../en/mailbox.js';
import type { Translation } from '../en/translation.js';

export const mailbox = {
  title: 'الرسائل',
  loading: 'جارٍ تحميل رسائلك',
  tabs: 'الرسائل',
  all: 'الكل',
  unread: 'غير مقروءة',
  unreadPrefix: 'غير مقروءة: ',
  choose: 'اختر رسالة لقراءتها هنا.',
  readTitle: 'قرأت كل شيء',
  readText: 'تبقى الرسائل الجديدة هنا حتى تفتحها.',
  showAll: 'عرض كل الرسائل',
  emptyTitle: 'لا رسائل بعد',
  emptyText: 'تظهر هنا الرسائل المتعلقة بتسجيلاتك وحسابك.',
  findCompetition: 'ابحث عن مسابقة',
  back: 'كل الرسائل',
  viewCompetition: 'عرض المسابقة',
  viewInvitation: 'عرض الدعوة',
  viewStaff: 'عرض الطاقم',
  manage: 'الإدارة',
  reviewSessions: 'مراجعة الجلسات',
  openProfile: 'فتح الملف الشخصي',
  markUnread: 'وضع علامة «غير مقروءة»',
  markedUnread: 'وُضعت علامة «غير مقروءة».',
  delivery: {
    mailbox: 'هنا فقط: البريد الإلكتروني غير مهيّأ في هذا الموقع.',
    queued: 'سيُرسل البريد الإلكتروني قريبًا.',
    sending: 'جارٍ إرسال البريد الإلكتروني.',
    sent: 'أُرسلت بالبريد الإلكتروني أيضًا: {time}.',
    failed: 'تعذّر تسليم البريد الإلكتروني. تحقّق من العنوان في ملفك الشخصي.',
    unknown: 'ربما لم يصل البريد الإلكتروني.',
  },
  deliveryShort: {
    failed: 'لم يُسلَّم البريد',
    unknown: 'تسليم غير مؤكد',
  },
} satisfies Translation<typeof en>;
