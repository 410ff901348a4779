import type { subscription as en } from '../en/subscription.js';
import type { Translation } from '../en/translation.js';

export const subscription = {
  title: 'الإعلانات بالبريد الإلكتروني',
  question: 'هل تريد إلغاء الاشتراك في الإعلانات؟',
  text: 'لن تصلك بعدها إعلانات منظم <b>{title}</b>. أما الرسائل المتعلقة بتسجيلك فستستمر.',
  confirm: 'إلغاء الاشتراك',
  keep: 'متابعة تلقيها',
  doneTitle: 'أُلغي اشتراكك',
  done: 'لن تصلك إعلانات عن <b>{title}</b> بعد الآن.',
  undo: 'الاشتراك من جديد',
  undoneTitle: 'عاد اشتراكك',
  undone: 'ستصلك الإعلانات عن <b>{title}</b>.',
  view: 'عرض المسابقة',
  invalidTitle: 'هذا الرابط لا يعمل',
  invalid: 'ربما كان ناقصًا. استخدم الرابط الوارد في أحدث رسالة وصلتك.',
  toHome: 'البحث عن مسابقة',
} satisfies Translation<typeof en>;
