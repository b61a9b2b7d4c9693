import type { PlatformClass, PlatformMember } from '../types/platform.ts';
import { asyncClasses } from './async.ts';
import { collectionClasses } from './collections.ts';
import { databaseClasses } from './database.ts';
import { dateClasses } from './dates.ts';
import { encodingClasses } from './encoding.ts';
import { exceptionClasses } from './exceptions.ts';
import { flowClasses } from './flows.ts';
import { httpClasses } from './http.ts';
import { jsonClasses } from './json.ts';
import { metadataClasses } from './metadata.ts';
import { numberClasses } from './numbers.ts';
import { patternClasses } from './patterns.ts';
import { schemaClasses } from './schema.ts';
import { stringClasses } from './strings.ts';
import { systemClasses } from './system.ts';
import { testingClasses } from './testing.ts';
import { triggerClasses } from './triggers.ts';

const parts: readonly PlatformClass[] = [
  ...stringClasses,
  ...numberClasses,
  ...collectionClasses,
  ...dateClasses,
  ...encodingClasses,
  ...jsonClasses,
  ...patternClasses,
  ...exceptionClasses,
  ...httpClasses,
  ...systemClasses,
  ...testingClasses,
  ...asyncClasses,
  ...schemaClasses,
  ...databaseClasses,
  ...metadataClasses,
  ...flowClasses,
  ...triggerClasses,
];

/** A class may be told in several files: what System has is of all kinds. */
function merged(): ReadonlyMap<string, PlatformClass> {
  const classes = new Map<string, PlatformClass>();
  for (const one of parts) {
    const key = one.type.name.toLowerCase();
    const before = classes.get(key);
    classes.set(key, before ? { ...before, members: [...before.members, ...one.members] } : one);
  }
  return classes;
}

/** The platform's classes, by their names in lower case. */
const library: ReadonlyMap<string, PlatformClass> = merged();

const links: ReadonlyMap<string, PlatformMember> = new Map(
  [...library.values()].flatMap(({ members }) => members.map((one) => [one.link, one] as const)),
);

/** Namespaces that may be left out, and are here. */
const namespaces = /^(?:system|schema)\./;

/** A class of the platform, with or without its namespace. */
export function platformNamed(name: string): PlatformClass | undefined {
  const key = name.toLowerCase();
  return library.get(key) ?? library.get(key.replace(namespaces, ''));
}

/** @throws Error for code that another version of this library has compiled */
export function memberAt(link: string): PlatformMember {
  const found = links.get(link);
  if (!found) throw new Error(`the library has no ${link}`);
  return found;
}
