import { api, wire } from 'lwc';
import LightningModal from 'lightning/modal';
import { getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import { cellOf, labelOf } from 'host/query';

const inputTypes = {
  String: 'text',
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Double: 'number',
  Currency: 'number',
  Percent: 'number',
  Int: 'number',
  Boolean: 'checkbox',
  Date: 'date',
  DateTime: 'datetime',
};

const isShown = (info) =>
  info?.dataType in inputTypes || ['TextArea', 'Picklist'].includes(info?.dataType);

/** What of UI API's error people are told. */
function messageOf({ body }) {
  const { errors = [], fieldErrors = {} } = body.output ?? {};
  const all = [...errors, ...Object.values(fieldErrors).flat()].map(({ message }) => message);
  return all.join(' ') || body.message;
}

/** A window to change fields of a record; closes with true when they were saved. */
export default class RecordForm extends LightningModal {
  @api columns;
  @api objectInfo;
  @api record;
  changes = {};
  failure = '';
  isSaving = false;

  @wire(getPicklistValuesByRecordType, {
    objectApiName: '$objectInfo.apiName',
    recordTypeId: '$objectInfo.defaultRecordTypeId',
  })
  picklists;

  get formColumns() {
    return this.columns.map((fields, key) => ({
      key,
      inputs: fields.filter(({ field }) => this.canChange(field)).map((one) => this.inputOf(one)),
    }));
  }

  /** Fields of the form that its user may not change, or that are lookups, for which the host has no input. */
  get fixed() {
    return this.columns
      .flat()
      .filter(({ field }) => this.objectInfo.fields[field] && !this.canChange(field))
      .map(({ field }) => {
        const info = this.objectInfo.fields[field];
        return { field, label: labelOf(info), text: cellOf(this.record.fields, field, info).text };
      });
  }

  canChange(field) {
    const info = this.objectInfo.fields[field];
    return isShown(info) && info.updateable;
  }

  inputOf({ field, isRequired }) {
    const { label, dataType, length, scale, required } = this.objectInfo.fields[field];
    const value = this.changes[field] ?? this.record.fields[field]?.value;
    return {
      field,
      label,
      value: value ?? '',
      checked: Boolean(value),
      isRequired: isRequired || required,
      isLong: dataType === 'TextArea',
      options: dataType === 'Picklist' ? this.optionsOf(field, isRequired) : undefined,
      type: inputTypes[dataType],
      step: inputTypes[dataType] === 'number' ? String(10 ** -scale) : undefined,
      length: length || undefined,
    };
  }

  optionsOf(field, isRequired) {
    const values = this.picklists.data?.picklistFieldValues[field]?.values ?? [];
    const none = isRequired ? [] : [{ label: '--None--', value: '' }];
    return [...none, ...values.map(({ label, value }) => ({ label, value }))];
  }

  handleChange(event) {
    const { name, type, checked, value } = event.target;
    this.changes = { ...this.changes, [name]: type === 'checkbox' ? checked : value };
  }

  /** Empty inputs are empty fields, and numbers are numbers. */
  get fields() {
    return Object.fromEntries(
      Object.entries(this.changes).map(([field, value]) => {
        const isNumber = inputTypes[this.objectInfo.fields[field].dataType] === 'number';
        if (value === '') return [field, null];
        return [field, isNumber ? Number(value) : value];
      }),
    );
  }

  get areInputsValid() {
    const inputs = this.template.querySelectorAll(
      'lightning-input, lightning-textarea, lightning-combobox',
    );
    return [...inputs].map((input) => input.reportValidity()).every(Boolean);
  }

  handleCancel() {
    this.close(false);
  }

  async handleSave() {
    if (!this.areInputsValid) return;
    const { id, lastModifiedDate } = this.record;
    this.isSaving = true;
    try {
      if (Object.keys(this.changes).length > 0) {
        const options = { ifUnmodifiedSince: lastModifiedDate };
        await updateRecord({ fields: { Id: id, ...this.fields } }, options);
      }
      this.close(true);
    } catch (error) {
      this.failure = messageOf(error);
    } finally {
      this.isSaving = false;
    }
  }
}
