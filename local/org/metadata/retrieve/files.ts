import type {
  ApexClass,
  ApexTrigger,
  LightningComponentBundle,
  StaticResource,
} from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import type { Schema } from '../../model/schema.ts';
import { fileName } from '../read/file-name.ts';
import { containers, fileKinds, type FileType, folderTypes, isChild } from '../read/kinds.ts';
import { metadataNamespace } from '../xml/open-file.ts';
import { escapeXml } from '../xml/write-xml.ts';
import { recordFile } from './record-file.ts';

/** Files by their path in the zip. */
type Files = Map<string, string>;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Root element of the file at that path. */
const rootAt = (path: string): FileType | undefined =>
  fileKinds.find((kind) => path.startsWith(`${kind.directory}/`))?.type;

/** The file of a container: its own settings, where it has some, and the elements of its parts. */
function containerFile(path: string, components: readonly Component[]): string {
  const root = rootAt(path) ?? '';
  const own = components.find((one) => !isChild(one.type))?.xml;
  const open = own ?? `<${root} xmlns="${metadataNamespace}">\n</${root}>\n`;
  const parts = components.filter((one) => isChild(one.type)).map((one) => one.xml ?? '');
  const end = open.lastIndexOf(`</${root}>`);
  return `${declaration}${open.slice(0, end)}${parts.join('')}${open.slice(end)}`;
}

/** A component with a file of its own, with what lies beside its description. */
function ownFiles(component: Component, schema: Schema): readonly (readonly [string, string])[] {
  const { type, body, xml = '' } = component;
  const path = fileName(component);
  const description = `${declaration}${type === 'CustomMetadata' ? recordFile(component, schema) : xml}`;
  const kind = fileKinds.find((one) => one.type === type);
  if (kind?.isBundle) {
    const { lwcResources } = body as LightningComponentBundle;
    return (lwcResources?.lwcResource ?? []).map(({ filePath, source }) => [filePath, source]);
  }
  if (kind?.isContent) {
    const { content } = body as ApexClass | ApexTrigger | StaticResource;
    return [
      [path, content ?? ''],
      [`${path}-meta.xml`, description],
    ];
  }
  const isFolder = [...folderTypes.values()].some((one) => one === type);
  return [[isFolder ? `${path}-meta.xml` : path, description]];
}

const holdsOthers = (type: string): boolean => containers.has(type as FileType) || isChild(type);

/** The files of components as the Metadata API gives them, package.xml left out. */
export function filesOf(components: readonly Component[], schema: Schema): Files {
  const files: Files = new Map();
  const containerPaths = new Map<string, Component[]>();
  for (const component of components) {
    if (!holdsOthers(component.type)) {
      for (const [path, text] of ownFiles(component, schema)) files.set(path, text);
      continue;
    }
    const path = fileName(component);
    containerPaths.set(path, [...(containerPaths.get(path) ?? []), component]);
  }
  for (const [path, parts] of containerPaths) files.set(path, containerFile(path, parts));
  return files;
}

/** package.xml of what was retrieved; folders stand among their contents. */
export function manifestFor(components: readonly Component[], version: string): string {
  const listedAs = new Map<string, string>(
    [...folderTypes].map(([contents, folder]) => [folder, contents]),
  );
  const types = new Map<string, string[]>();
  for (const { type, fullName } of components) {
    const listed = listedAs.get(type) ?? type;
    types.set(listed, [...(types.get(listed) ?? []), fullName]);
  }
  const each = [...types].map(([type, members]) => {
    const lines = members.map((one) => `        <members>${escapeXml(one)}</members>\n`);
    return `    <types>\n${lines.join('')}        <name>${type}</name>\n    </types>\n`;
  });
  return `${declaration}<Package xmlns="${metadataNamespace}">\n${each.join('')}    <version>${version}</version>\n</Package>\n`;
}
