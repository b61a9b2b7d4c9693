/**
 * A map by record of the org: by object and key. Two levels instead of one text for both, which would have
 * to be made for every look-up.
 */
export class RecordMap<V> {
  readonly #objects = new Map<string, Map<string, V>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(object: string, key: string): V | undefined {
    return this.#objects.get(object)?.get(key);
  }

  has(object: string, key: string): boolean {
    return this.#objects.get(object)?.has(key) === true;
  }

  set(object: string, key: string, value: V): void {
    let values = this.#objects.get(object);
    if (!values) {
      values = new Map();
      this.#objects.set(object, values);
    }
    const before = values.size;
    values.set(key, value);
    this.#size += values.size - before;
  }

  delete(object: string, key: string): void {
    if (this.#objects.get(object)?.delete(key) === true) this.#size -= 1;
  }

  /** By object, each in the order first set. */
  *values(): Generator<V> {
    for (const values of this.#objects.values()) yield* values.values();
  }
}
