/** A share of 0..1 for people: `41 %`, and `<1 %` rather than a nought that is not one. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  return `${Math.round(share * 100)} %`;
}

/** `12.4 %`: attention, and figures to compare, need a digit more than answers do. */
export function weightPercent(weight: number): string {
  return `${(weight * 100).toFixed(1)} %`;
}
