/** Where on the page the lab is. */
export const LAB_HASH = '#lab';

/** Back to the photo. */
export function leaveLab(): void {
  location.hash = '';
}
