import type { CustomMetadata } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import type { FieldDefinition, Schema } from '../../model/schema.ts';
import { typeOfRecord } from '../plan/records.ts';
import { metadataNamespace } from '../xml/open-file.ts';
import type { AnyValue } from '../xml/read-typed.ts';
import { escapeXml } from '../xml/write-xml.ts';

const namespaces = [
  `xmlns="${metadataNamespace}"`,
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
].join(' ');

/** A value with its `xsi:type`; a whole `xsd:double` ends in `.0`, and a checkbox is never nil. */
function valueElement(field: FieldDefinition, value: AnyValue | undefined): string {
  const { xsiType = 'xsd:string', text = '' } = value ?? {};
  if (field.type === 'boolean' && text === '') return '<value xsi:type="xsd:boolean">false</value>';
  if (text === '') return '<value xsi:nil="true"/>';
  const isWhole = xsiType === 'xsd:double' && Number.isInteger(Number(text));
  const written = isWhole ? Number(text).toFixed(1) : escapeXml(text);
  return `<value xsi:type="${xsiType}">${written}</value>`;
}

/** The root of a custom metadata record's file: all fields that its type has now, by name, the empty ones too. */
export function recordFile({ fullName, body }: Component, schema: Schema): string {
  const { label, description, protected: isProtected, values } = body as CustomMetadata;
  const given = new Map(
    values.map(({ field, value }) => [field.toLowerCase(), value as AnyValue | undefined]),
  );
  const type = schema.get(typeOfRecord(fullName).toLowerCase());
  const fields = (type?.fields ?? [])
    .filter((field) => field.custom)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [
    `<CustomMetadata ${namespaces}>`,
    ...(description === undefined
      ? []
      : [`    <description>${escapeXml(description)}</description>`]),
    `    <label>${escapeXml(label ?? '')}</label>`,
    `    <protected>${String(isProtected ?? false)}</protected>`,
    ...fields.flatMap((field) => [
      '    <values>',
      `        <field>${field.name}</field>`,
      `        ${valueElement(field, given.get(field.name.toLowerCase()))}`,
      '    </values>',
    ]),
    '</CustomMetadata>\n',
  ].join('\n');
}
