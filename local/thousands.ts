/** A plain decimal text with its whole part set apart by thousands: `-1234567.5` → `-1,234,567.5`. */
export const withThousands = (text: string): string => {
  const [whole = '0', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};
