import type { AdmissionMode, SeatUnit } from '@mini-compete/shared/seats';
import type { Visibility } from '@mini-compete/shared/visibility';
import { useFormats, useTexts } from '#texts';
import type { CompetitionValues, FieldName } from './form-values';

/** The value of a field in words, as people read it and not as a field of a form holds it. */
export function useFieldText(): <Field extends FieldName>(field: Field, value: CompetitionValues[Field]) => string {
  const t = useTexts('editing');
  const common = useTexts('common');
  const { instant } = useFormats();
  return (field, value) => {
    if (field === 'admissionMode') return t(`admission.${value as AdmissionMode}`);
    if (field === 'participants') return t(`participants.${value as CompetitionValues['participants']}`);
    if (field === 'seatUnit') return t(`seatUnit.${value as SeatUnit}`);
    if (field === 'visibility') return common(`visibility.${value as Visibility}`);
    if (typeof value === 'boolean') return value ? t('conflict.on') : t('conflict.off');
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value)) return instant(new Date(value).toISOString(), 'long');
    return value || t('conflict.empty');
  };
}
