/** Code that no first answer needs: a page fetches it when it is first used. */
import { VqaError } from '../../core/errors.ts';

/** @throws VqaError `code-interrupted` when it cannot be fetched */
export async function fetchCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (cause) {
    throw new VqaError('code-interrupted', 'A part of the program for this could not be fetched.', { cause });
  }
}
