/** A pause in a long computation in which the thread's messages, such as "cancel", are read. */
export async function letMessagesIn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}
