import {
  checkbox,
  createOnly,
  dateTime,
  field,
  integer,
  picklist,
  readOnly,
  reference,
  required,
  text,
  textArea,
  values,
} from '../fields.ts';
import { ownerField } from '../system-fields.ts';
import type { FieldDefinition, ObjectDefinition, PicklistValue } from '../../model/schema.ts';

const restricted = { restrictedPicklist: true };

/** A picklist whose values are letters, each with its label: `V=Viewer|C=Collaborator`. */
function letters(list: string, standardDefault?: string): readonly PicklistValue[] {
  return list.split('|').map((one) => {
    const [value = '', label = ''] = one.split('=');
    return { value, label, default: value === standardDefault, active: true };
  });
}

const publishStatus = picklist(
  'PublishStatus',
  40,
  letters('P=Public|R=Personal Library|U=Upload Interrupted', 'R'),
  readOnly,
  restricted,
);

/** What the platform reads from the bytes and their path. */
const aboutTheBytes: readonly FieldDefinition[] = [
  text('FileType', 20, readOnly),
  text('FileExtension', 40, readOnly),
  integer('ContentSize', 9, readOnly, { label: 'Size' }),
];

/** A file, whatever became of its bytes: it stays when a new version is uploaded. */
export const contentDocument: ObjectDefinition = {
  name: 'ContentDocument',
  label: 'Content Document',
  labelPlural: 'Content Documents',
  keyPrefix: '069',
  kind: 'standard',
  sharingModel: 'Private',
  nameField: 'Title',
  fields: [
    { ...ownerField, createable: false },
    text('Title', 255, required, { createable: false }),
    textArea('Description', 1000, { createable: false }),
    reference('LatestPublishedVersionId', ['ContentVersion'], readOnly),
    reference('ParentId', [], readOnly, { label: 'Parent ID' }),
    ...aboutTheBytes,
    publishStatus,
    checkbox('IsArchived', readOnly),
    dateTime('ContentModifiedDate', readOnly),
  ],
};

/** The bytes of a file at one time, and what is known of them; they never change. */
export const contentVersion: ObjectDefinition = {
  name: 'ContentVersion',
  label: 'Content Version',
  labelPlural: 'Content Versions',
  keyPrefix: '068',
  kind: 'standard',
  sharingModel: 'ControlledByParent',
  nameField: 'Title',
  fields: [
    { ...ownerField, updateable: false },
    reference('ContentDocumentId', ['ContentDocument'], createOnly, {
      masterDetail: true,
      childRelationshipName: 'ContentVersions',
    }),
    text('Title', 255),
    textArea('Description', 1000),
    text('PathOnClient', 500, createOnly),
    field('VersionData', 'base64', createOnly, { filterable: false }),
    reference('FirstPublishLocationId', [], createOnly),
    ...aboutTheBytes,
    text('Checksum', 50, readOnly),
    text('VersionNumber', 20, readOnly),
    checkbox('IsLatest', readOnly),
    checkbox('IsMajorVersion', createOnly),
    textArea('ReasonForChange', 1000, { filterable: false }),
    picklist('Origin', 40, letters('C=Content|H=Chatter', 'C'), createOnly, restricted),
    picklist(
      'ContentLocation',
      40,
      letters('S=Salesforce|E=External|L=Social Customer Service', 'S'),
      readOnly,
      restricted,
    ),
    publishStatus,
    dateTime('ContentModifiedDate', readOnly),
    reference('ContentModifiedById', ['User'], readOnly),
  ],
};

/** Where a file is shared: with a record, or with a user. */
export const contentDocumentLink: ObjectDefinition = {
  name: 'ContentDocumentLink',
  label: 'Content Document Link',
  labelPlural: 'Content Document Links',
  keyPrefix: '06A',
  kind: 'standard',
  sharingModel: 'ControlledByParent',
  nameField: 'Id',
  fields: [
    reference('ContentDocumentId', ['ContentDocument'], createOnly, {
      masterDetail: true,
      childRelationshipName: 'ContentDocumentLinks',
    }),
    // To which objects it leads depends on what is deployed: see local/org/access/linked-entities.ts.
    reference('LinkedEntityId', [], required, createOnly, {
      childRelationshipName: 'ContentDocumentLinks',
    }),
    picklist('ShareType', 40, letters('V=Viewer|C=Collaborator|I=Inferred'), required, restricted),
    picklist(
      'Visibility',
      40,
      values('AllUsers|InternalUsers|SharedUsers', 'AllUsers'),
      restricted,
    ),
  ],
};
