import type { ticket as en } from '../en/ticket.js';
import type { Translation } from '../en/translation.js';

export const ticket = {
  title: 'تذكرتك',
  metaTitle: 'تذكرة {title}',
  show: 'أظهر هذا الرمز عند المدخل، على هاتفك أو على ورقة.',
  picture: 'رمز QR لتذكرتك',
  number: 'رقم التذكرة',
  name: 'الاسم',
  team: 'الفريق',
  when: 'الموعد',
  where: 'المكان',
  toBeAnnounced: 'يُعلَن لاحقًا',
  checkedIn: 'سُجّل حضورك في {when}.',
  personal: 'التذكرة صالحة لك وحدك، ولا تتغيّر. لا تنشر صورة منها.',
  print: 'طباعة التذكرة',
  view: 'عرض المسابقة',
  noneTitle: 'ليست لديك تذكرة بعد',
  noneText: 'التذاكر لمن لديهم مقعد. ستجد تذكرتك هنا فور حصولك على مقعد.',
} satisfies Translation<typeof en>;
