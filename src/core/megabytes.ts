/** `18.2 MB`; decimal megabytes, as download managers count. */
export function megabytes(bytes: number): string {
  const amount = bytes / 1e6;
  return `${amount.toFixed(amount < 100 ? 1 : 0)} MB`;
}
