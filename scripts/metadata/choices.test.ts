import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTES,
  IMAGE_ATTRIBUTES,
  resolveAlias,
} from '../../sidecar/src/mapping/attributes/known-attributes.ts';
import { OPERATORS } from '../../sidecar/src/mapping/conditions/operators.ts';
import { KINDS } from '../../sidecar/src/mapping/fields/fields.ts';
import type { Resource } from '../../sidecar/src/mapping/model/record.ts';
import { TRANSFORMS } from '../../sidecar/src/mapping/values/transforms.ts';
import { fieldOf, home, picklist } from './project-metadata.ts';

describe('choices offered in Setup', () => {
  const offered = (field: string, type = 'Woo_Field_Mapping__mdt'): readonly string[] =>
    picklist(fieldOf(type, field)).toSorted();

  it('are the transforms that the mapping has', () => {
    expect(offered('Transform__c')).toEqual(TRANSFORMS.toSorted());
    const page = readFileSync(join(home, 'docs/mapping.md'), 'utf8');
    const [, told = ''] = /^## Transforms\n([^]*?)(?=^## )/m.exec(page) ?? [];
    expect(TRANSFORMS.filter((name) => name !== 'none' && !told.includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  it('are the kinds of field mappings', () => {
    expect(offered('Kind__c')).toEqual(KINDS.toSorted());
  });

  it('are the operators that conditions have', () => {
    expect(offered('Operator__c', 'Woo_Condition__mdt')).toEqual(OPERATORS.toSorted());
  });

  it('are the resources that can be mapped', () => {
    expect(offered('Woo_Resource__c', 'Woo_Mapping__mdt')).toEqual(
      Object.keys(ATTRIBUTES).toSorted(),
    );
  });

  it('are attributes that some resource has', () => {
    const resources = Object.keys(ATTRIBUTES) as Resource[];
    const unknown = offered('Woo_Attribute__c')
      .filter((attribute) => !IMAGE_ATTRIBUTES.has(attribute))
      .filter(
        (attribute) =>
          !resources.some((resource) => {
            const [first = ''] = resolveAlias(resource, attribute).split('.');
            return ATTRIBUTES[resource].has(first);
          }),
      );
    expect(unknown).toEqual([]);
  });
});
