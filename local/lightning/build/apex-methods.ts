import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesEnding, type Project } from '../metadata/project.ts';

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

/** Names of the methods of a class that a component may call. */
function callable(source: string): readonly string[] {
  const methods =
    /@AuraEnabled\s*(?:\([^)]*\))?\s*(?:@\w+\s*)*(?:public|global)\s+static\s[^;{}()=]*?\b(\w+)\s*\(/gi;
  return [...withoutComments(source).matchAll(methods)].map(([, name = '']) => name);
}

/**
 * The script of `@salesforce/apex/Class.method`: a function that calls it by the host.
 * @throws Error where the project has no such class or method; names are told apart by case, as imports are
 */
export function apexModule(project: Project, reference: string): string {
  const [className = '', method = ''] = reference.split('.');
  const file = filesEnding(project, `${className}.cls`).find(
    (path) => basename(path) === `${className}.cls`,
  );
  if (file === undefined) throw new Error(`There is no Apex class ${className} in the project.`);
  const methods = callable(readFileSync(file, 'utf8'));
  if (!methods.includes(method)) {
    const known = methods.join(', ') || 'none';
    throw new Error(
      `${className}.cls has no public static method ${method} with @AuraEnabled; it has: ${known}.`,
    );
  }
  const names = [className, method].map((name) => JSON.stringify(name)).join(', ');
  return `import { callApex } from 'platform/apex';\nexport default (args) => callApex(${names}, args);`;
}

/**
 * The Apex method that a script wires, under the name that it was imported by; undefined for none.
 * The host has calls alone: what a wire keeps of an answer is the platform's.
 */
export function wiredApex(source: string): string | undefined {
  const imports = source.matchAll(/import\s+(\w+)\s+from\s+['"](@salesforce\/apex\/[\w.]+)['"]/g);
  for (const [, name = '', module = ''] of imports) {
    if (new RegExp(String.raw`@wire\s*\(\s*${name}\b`).test(source)) return module;
  }
  return undefined;
}
