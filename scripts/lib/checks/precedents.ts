import { metadataModel, type ValueType } from '../../../local/org/metadata/xml/type-model.ts';
import { parseXml, type XmlElement } from '../../../local/org/metadata/xml/parse-xml.ts';
import known from './precedents.json' with { type: 'json' };

/**
 * What the metadata of 87 public repositories was seen to hold, in two of them at least: elements by their place, and
 * the values of those that take one of a few. Facts counted there, no text taken over.
 */
interface Seen {
  readonly [element: string]: Seen | readonly string[] | 0;
}

/** A file of metadata in source format. */
interface MetadataFile {
  readonly path: string;
  readonly text: string;
}

const isValues = (seen: Seen[string] | undefined): seen is readonly string[] => Array.isArray(seen);
const isPlace = (seen: Seen[string] | undefined): seen is Seen =>
  typeof seen === 'object' && !Array.isArray(seen);

function typeOf(type: ValueType | undefined, child: string): ValueType | undefined {
  return type?.kind === 'complex'
    ? metadataModel().complex(type.name)?.get(child)?.type
    : undefined;
}

/** Elements and values below an element that nobody was seen to have, by their place. */
function unseenIn(
  element: XmlElement,
  place: string,
  type: ValueType | undefined,
  seen: Seen,
): readonly string[] {
  return element.children.flatMap((child) => {
    const at = `${place}/${child.name}`;
    const there = seen[child.name];
    if (there === undefined) return [at];
    const inner = typeOf(type, child.name);
    if (isPlace(there)) return unseenIn(child, at, inner, there);
    const isOneOfFew = inner?.kind === 'enum' || inner?.kind === 'boolean';
    const value = child.text.trim();
    return isOneOfFew && isValues(there) && !there.includes(value) ? [`${at} = ${value}`] : [];
  });
}

/** Features of files that have no precedent, and the files that have them. */
export function unprecedented(
  files: readonly MetadataFile[],
  facts: Seen = known as Seen,
): ReadonlyMap<string, readonly string[]> {
  const found = files.flatMap(({ path, text }) => {
    const root = parseXml(text);
    const seen = facts[root.name];
    const features = isPlace(seen)
      ? unseenIn(root, root.name, { kind: 'complex', name: root.name }, seen)
      : [root.name];
    return [...new Set(features)].map((feature) => ({ feature, path }));
  });
  return new Map(
    [...Map.groupBy(found, ({ feature }) => feature)].map(([feature, ones]) => [
      feature,
      ones.map(({ path }) => path),
    ]),
  );
}
