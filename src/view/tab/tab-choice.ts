/** Whether this tab keeps the person's photo and questions over a reload: on unless the person says otherwise. */
import { useSyncExternalStore } from 'react';

export interface TabChoice {
  readonly isOn: boolean;
  /** The browser keeps nothing, as in some private windows and on pages that are not served securely. */
  readonly isRefused: boolean;
}

/** In the tab's own storage: which of the kept visits is this tab's. */
export const TAB_ID = 'in-page-vqa.tab';

const CHOICE = 'in-page-vqa.keeps-tab';
const listeners = new Set<(choice: TabChoice) => void>();
let choice: TabChoice = { isOn: storedChoice(), isRefused: false };

export function tabChoice(): TabChoice {
  return choice;
}

export function onTabChoice(listener: (choice: TabChoice) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changeTabChoice(part: Partial<TabChoice>): void {
  choice = { ...choice, ...part };
  if (part.isOn !== undefined) storeChoice(part.isOn);
  for (const listener of listeners) listener(choice);
}

export function useTabChoice(): TabChoice {
  return useSyncExternalStore(onTabChoice, tabChoice);
}

/** Whether this tab has kept something before. */
export function hasVisit(): boolean {
  try {
    return sessionStorage.getItem(TAB_ID) !== null;
  } catch {
    return false;
  }
}

/** Storage throws where the person has blocked it; the choice then lasts for the visit. */
function storedChoice(): boolean {
  try {
    return localStorage.getItem(CHOICE) !== 'no';
  } catch {
    return true;
  }
}

function storeChoice(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(CHOICE);
    else localStorage.setItem(CHOICE, 'no');
  } catch {
    return;
  }
}
