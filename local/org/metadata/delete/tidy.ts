import type { ApiSchemaTypes } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import { typeOfRecord } from '../plan/records.ts';
import { childOf, parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { readTyped } from '../xml/read-typed.ts';
import { writeRoot } from '../xml/write-xml.ts';
import type { Removal } from './removal.ts';

type TidyType =
  | 'PermissionSet'
  | 'Layout'
  | 'CustomApplication'
  | 'CustomMetadata'
  | 'CustomObjectTranslation'
  | 'Translations';

/** Elements that go with what they name: its metadata type, and the child that holds the name. */
const mentions: Readonly<
  Record<TidyType, Readonly<Record<string, readonly [type: string, child?: string]>>>
> = {
  PermissionSet: {
    fieldPermissions: ['CustomField', 'field'],
    objectPermissions: ['CustomObject', 'object'],
    classAccesses: ['ApexClass', 'apexClass'],
    customPermissions: ['CustomPermission', 'name'],
    recordTypeVisibilities: ['RecordType', 'recordType'],
    tabSettings: ['CustomTab', 'tab'],
  },
  Layout: { layoutItems: ['CustomField', 'field'], relatedLists: ['CustomField', 'relatedList'] },
  CustomApplication: { tabs: ['CustomTab'] },
  CustomMetadata: { values: ['CustomField', 'field'] },
  CustomObjectTranslation: {
    fields: ['CustomField', 'name'],
    quickActions: ['QuickAction', 'name'],
  },
  Translations: {
    customApplications: ['CustomApplication', 'name'],
    customLabels: ['CustomLabel', 'name'],
    customTabs: ['CustomTab', 'name'],
  },
};

const isTidied = (type: string): type is TidyType => Object.hasOwn(mentions, type);

/** A layout and a translation name the parts of their own object, and a record those of its type, without that object. */
function fullName(component: Component, name: string): string {
  if (component.type === 'CustomMetadata') return `${typeOfRecord(component.fullName)}.${name}`;
  const isOfObject = ['Layout', 'CustomObjectTranslation'].includes(component.type);
  const isOwn = isOfObject && !name.includes('.');
  return isOwn ? `${component.fullName.split('-')[0] ?? ''}.${name}` : name;
}

function without(element: XmlElement, isGone: (one: XmlElement) => boolean): XmlElement {
  const children = element.children.filter((one) => !isGone(one));
  return { ...element, children: children.map((one) => without(one, isGone)) };
}

/**
 * The component after the org has taken out of it by itself what leaves: grants, places on layouts,
 * tabs of apps, values of records.
 * @returns the same component where nothing of it changes
 */
export function tidied(component: Component, removal: Removal): Component {
  const { type, xml } = component;
  if (xml === undefined || !isTidied(type)) return component;
  const isGone = (one: XmlElement): boolean => {
    const [of, child] = mentions[type][one.name] ?? [];
    const name = (child === undefined ? one : childOf(one, child))?.text.trim();
    if (of === undefined || name === undefined || name === '') return false;
    const isPart = of === 'CustomField' || of === 'QuickAction';
    const whole = isPart ? fullName(component, name) : name;
    return removal.has({ type: of, fullName: whole });
  };
  const root = without(parseXml(xml), isGone);
  const written = writeRoot(root, type);
  if (written === xml) return component;
  return { ...component, xml: written, body: readTyped<keyof ApiSchemaTypes>(root, type) };
}
