/** The page's own look at the private file system, for which no worker is needed. */

/** Whether packs were ever begun on this device. */
export async function hasKept(): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    const { done } = await root.keys().next();
    return done !== true;
  } catch {
    return false;
  }
}

/** Without it a browser that runs short of room may delete a pack; it may say no. */
export async function persist(): Promise<void> {
  try {
    await navigator.storage.persist();
  } catch {
    // Pages that are not served securely have nothing to keep.
  }
}
