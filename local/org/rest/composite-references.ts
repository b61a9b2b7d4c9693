/** Bodies of the subrequests that succeeded, by reference id. */
export type Answers = ReadonlyMap<string, unknown>;

/** A reference to an answer, or a part of one, that is not there. */
export class MissingReference extends Error {
  constructor(reference: string, name: string) {
    super(`Invalid reference specified. No value for ${reference} found in ${name}`);
    this.name = 'MissingReference';
  }
}

const pattern = /@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d+\])*)\}/g;

function look(answers: Answers, name: string, path: string): unknown {
  let value: unknown = answers.get(name);
  for (const [step] of path.matchAll(/[A-Za-z0-9_]+/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function lookText(answers: Answers, name: string, path: string): string {
  const value = look(answers, name, path);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new MissingReference(name + path, name);
}

function mentions(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('@{');
  return typeof value === 'object' && value !== null && Object.values(value).some(mentions);
}

/**
 * Puts answers of earlier subrequests in the place of `@{ref.id}`, `@{ref[0].id}`, `@{ref.records[0].Id}`.
 * @throws MissingReference
 */
export function resolveReferences<T>(value: T, answers: Answers): T {
  return mentions(value) ? (resolve(value, answers) as T) : value;
}

function resolve(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') {
    return value.replace(pattern, (_, name: string, path: string) => lookText(answers, name, path));
  }
  if (Array.isArray(value)) return value.map((one) => resolve(one, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, resolve(one, answers)]),
  );
}
