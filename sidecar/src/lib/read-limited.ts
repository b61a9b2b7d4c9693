/**
 * The body of an answer.
 * @returns null where it has more than `most` bytes; the rest is not read then, and the connection closed
 */
export async function bytesWithin(response: Response, most: number): Promise<Buffer | null> {
  if (Number(response.headers.get('content-length')) > most) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
