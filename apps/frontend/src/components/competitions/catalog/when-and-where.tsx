import { LocalTime } from '@/components/ui/local-time';

type Props = {
  competition: { startDate: string | null; location: string | null };
  /** Said instead of the date while there is none. */
  noDate: string;
};

/** In one line; on a narrow screen it ends between them. */
export const WhenAndWhere = ({ competition: { startDate, location }, noDate }: Props) => (
  <>
    {startDate ? <LocalTime iso={startDate} /> : noDate}
    {location && (
      <>
        {'\u00a0· '}
        <bdi className="inline-block">{location}</bdi>
      </>
    )}
  </>
);
