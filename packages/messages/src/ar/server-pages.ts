import type { serverPages as en } from '../en/server-pages.js';
import type { Translation } from '../en/translation.js';

export const serverPages = {
  unavailable: {
    title: 'سنعود حالًا',
    outage: '‏Mini Compete غير متاح في هذه اللحظة. عادةً لا يستغرق الأمر أكثر من دقيقة.',
    registrationsAreSafe: 'كل تسجيلاتك محفوظة.',
    action: 'حاول مرة أخرى',
  },
  failed: {
    title: 'حدث خطأ ما',
    logged: 'سجّلنا الخطأ، وكل تسجيلاتك محفوظة.',
    reference: 'إذا تكرر الأمر فاذكر هذا الرقم المرجعي:',
    action: 'حاول مرة أخرى',
  },
  tooEarly: {
    title: 'لم تكن الصفحة جاهزة بعد',
    nothingChanged: 'كانت الصفحة لا تزال قيد التحميل عند الضغط على الزر، فلم يتغيّر شيء. حاول مرة أخرى.',
    action: 'العودة إلى الصفحة',
  },
} satisfies Translation<typeof en>;
