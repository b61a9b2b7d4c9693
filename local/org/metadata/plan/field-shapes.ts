/** Facets of a field that only some types have; others must leave them out. */
export type Facet =
  | 'length'
  | 'precision'
  | 'scale'
  | 'visibleLines'
  | 'displayFormat'
  | 'valueSet'
  | 'referenceTo'
  | 'relationshipName'
  | 'defaultValue'
  | 'required'
  | 'unique'
  | 'externalId'
  | 'caseSensitive'
  | 'deleteConstraint'
  | 'reparentableMasterDetail'
  | 'metadataRelationshipControllingField';

export interface FieldShape {
  readonly needs: readonly Facet[];
  readonly may: readonly Facet[];
}

const numeric: FieldShape = {
  needs: ['precision', 'scale'],
  may: ['defaultValue', 'required'],
};
const plain: FieldShape = { needs: [], may: ['defaultValue', 'required'] };

/** Field types that the local org knows, by the name that metadata gives them. */
export const fieldShapes: ReadonlyMap<string, FieldShape> = new Map<string, FieldShape>([
  [
    'Text',
    {
      needs: ['length'],
      may: ['defaultValue', 'required', 'unique', 'externalId', 'caseSensitive'],
    },
  ],
  ['Number', { ...numeric, may: [...numeric.may, 'unique', 'externalId'] }],
  ['Currency', numeric],
  ['Percent', numeric],
  ['Checkbox', { needs: ['defaultValue'], may: [] }],
  ['Date', plain],
  ['DateTime', plain],
  ['Email', { needs: [], may: [...plain.may, 'unique', 'externalId', 'caseSensitive'] }],
  ['Phone', plain],
  ['Url', plain],
  ['TextArea', plain],
  ['LongTextArea', { needs: ['length', 'visibleLines'], may: ['defaultValue'] }],
  ['Html', { needs: ['length', 'visibleLines'], may: ['defaultValue'] }],
  ['Picklist', { needs: ['valueSet'], may: plain.may }],
  ['MultiselectPicklist', { needs: ['valueSet', 'visibleLines'], may: plain.may }],
  ['Lookup', { needs: ['referenceTo', 'relationshipName'], may: ['required', 'deleteConstraint'] }],
  [
    'MasterDetail',
    { needs: ['referenceTo', 'relationshipName'], may: ['reparentableMasterDetail'] },
  ],
  ['AutoNumber', { needs: ['displayFormat'], may: ['externalId'] }],
  [
    'MetadataRelationship',
    {
      needs: ['referenceTo', 'relationshipName'],
      may: ['required', 'unique', 'metadataRelationshipControllingField'],
    },
  ],
]);

export const allFacets: readonly Facet[] = [
  'length',
  'precision',
  'scale',
  'visibleLines',
  'displayFormat',
  'valueSet',
  'referenceTo',
  'relationshipName',
  'defaultValue',
  'required',
  'unique',
  'externalId',
  'caseSensitive',
  'deleteConstraint',
  'reparentableMasterDetail',
  'metadataRelationshipControllingField',
];

/** A formula has a result type and its own digits, and nothing that only stored fields have. */
export const formulaShapes: ReadonlyMap<string, FieldShape> = new Map<string, FieldShape>([
  ['Text', { needs: [], may: [] }],
  ['Number', { needs: ['precision', 'scale'], may: [] }],
  ['Currency', { needs: ['precision', 'scale'], may: [] }],
  ['Percent', { needs: ['precision', 'scale'], may: [] }],
  ['Checkbox', { needs: [], may: [] }],
  ['Date', { needs: [], may: [] }],
  ['DateTime', { needs: [], may: [] }],
]);
