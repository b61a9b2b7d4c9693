import { parseEnv } from 'node:util';

/** Variables by name. */
export type Env = Readonly<Record<string, string>>;

export const readEnv = (text: string): Env => parseEnv(text) as Env;

/** A file of variables, and what was changed in it. */
export interface ChangedEnv {
  readonly text: string;
  /** Names of variables that had another value, or are gone. */
  readonly changed: readonly string[];
  /** Names of those that were not there. */
  readonly added: readonly string[];
}

/**
 * Puts variables into a file; all other lines stay.
 * @param wanted by name; null for one that may not be in it
 * @throws Error where a value cannot be written so that a shell, systemd, Docker and Node read the same
 */
export function changeEnv(
  text: string,
  wanted: Readonly<Record<string, string | null>>,
): ChangedEnv {
  const present = readEnv(text);
  const names = Object.keys(wanted).filter((name) => (present[name] ?? null) !== wanted[name]);
  const changed = names.filter((name) => name in present);
  const isChanged = (line: string): boolean =>
    changed.some((name) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(line));
  const kept = text.split('\n').filter((line) => !isChanged(line));
  const lines = names.flatMap((name) => {
    const value = wanted[name] ?? null;
    return value === null ? [] : [`${name}=${quotedValue(name, value)}`];
  });
  const before = kept.join('\n').trimEnd();
  return {
    text: `${[...(before === '' ? [] : [before]), ...lines].join('\n')}\n`,
    changed,
    added: names.filter((name) => !(name in present)),
  };
}

function quotedValue(name: string, value: string): string {
  if (/^[\w.:/@+,=%-]*$/.test(value)) return value;
  if (!/['\n\r]/.test(value)) return `'${value}'`;
  throw new Error(
    `${name} holds a quotation mark or a line break, which no file of variables takes.`,
  );
}
