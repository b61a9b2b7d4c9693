import type { Component } from '../../model/deploy-target.ts';
import { notEmulated } from '../read/components.ts';
import { containers, folderTypes, isSupported, type FileType } from '../read/kinds.ts';
import type { MetadataTarget } from '../plan/target.ts';

/** A name of the request, as package.xml lists it; `*` stands for all of the type. */
export interface AskedName {
  readonly type: string;
  readonly member: string;
}

/** A name that a retrieve does not give: real orgs say so beside the zip, and succeed. */
export interface RetrieveMessage {
  readonly fileName: string;
  readonly problem: string;
}

export interface Selection {
  readonly components: readonly Component[];
  readonly messages: readonly RetrieveMessage[];
}

const lower = (text: string): string => text.toLowerCase();

/** What lies in the file of a component that holds others: asking for it asks for them. */
function partsOf(all: readonly Component[], type: string, owner: string): readonly Component[] {
  const container = containers.get(type as FileType);
  if (!container) return [];
  const types = new Set<string>(container.children.values());
  return all.filter(
    (one) =>
      types.has(one.type) &&
      (container.ownNames || lower(one.fullName).startsWith(`${lower(owner)}.`)),
  );
}

/** Folders are listed among their contents. */
const typesOf = (type: string): readonly string[] => [
  type,
  ...[...folderTypes].flatMap(([contents, folder]) => (contents === type ? [folder] : [])),
];

function named(all: readonly Component[], { type, member }: AskedName): readonly Component[] {
  const types = typesOf(type);
  const own = all.filter(
    (one) =>
      types.includes(one.type) &&
      (member === '*' || lower(one.fullName) === lower(member.replace(/\/$/, ''))),
  );
  const owners = member === '*' ? own.map((one) => one.fullName) : [member];
  return [...own, ...owners.flatMap((owner) => partsOf(all, type, owner))];
}

const manifest = 'unpackaged/package.xml';

/** The components that a request names, each once, and what it names in vain. */
export function select(target: MetadataTarget, asked: readonly AskedName[]): Selection {
  const all = target.components().filter((one) => one.xml !== undefined);
  const found = new Map<string, Component>();
  const messages: RetrieveMessage[] = [];
  for (const name of asked) {
    const components = named(all, name);
    for (const one of components) found.set(`${one.type}:${one.fullName}`, one);
    if (components.length > 0 || (name.member === '*' && isSupported(name.type))) continue;
    const problem = isSupported(name.type)
      ? `Entity of type '${name.type}' named '${name.member}' cannot be found`
      : notEmulated(name.type);
    messages.push({ fileName: manifest, problem });
  }
  return { components: [...found.values()], messages };
}
