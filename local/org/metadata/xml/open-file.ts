import { memoised } from '../../lib/memoised.ts';
import { parseXml, XmlError, type XmlElement } from './parse-xml.ts';
import type { Problem } from './read-typed.ts';

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

const parsed = memoised(parseXml);

function rootProblem(root: XmlElement, typeName: string): string | undefined {
  if (root.name !== typeName) {
    return `Element ${root.name} invalid: the root element of this file is ${typeName}`;
  }
  const inNamespace = Object.entries(root.attributes).some(
    ([name, value]) => /^xmlns(:|$)/.test(name) && value === metadataNamespace,
  );
  return inNamespace
    ? undefined
    : `Element ${root.name} is not in the namespace ${metadataNamespace}`;
}

/** The root of a metadata file, or what keeps it from being read as one of that type. */
export function openFile(
  source: string,
  typeName: string,
): { readonly root: XmlElement } | { readonly problems: Problem[] } {
  try {
    const root = parsed(source);
    const wrong = rootProblem(root, typeName);
    if (wrong === undefined) return { root };
    const { line, column } = root;
    return { problems: [{ message: `Error parsing file: ${wrong}`, line, column }] };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { message, line, column } = error;
    return { problems: [{ message: `Error parsing file: ${message}`, line, column }] };
  }
}
