import { readFile } from 'node:fs/promises';

/** A photo from disk; rejects with a message that names the file. */
export async function readPhoto(path: string): Promise<Blob> {
  const file = await readFile(path).catch((thrown: unknown) => {
    throw new Error(`${path} cannot be read`, { cause: thrown });
  });
  return new Blob([file]);
}
