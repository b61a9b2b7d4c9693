import { LightningElement, api } from 'lwc';
import { urlOf } from 'platform/router';
import { objectOfId } from 'host/pages';

/** The value of a field as people read it. */
export default class FieldValue extends LightningElement {
  /** `{ value, text, info, link }`, of `cellOf`. */
  @api cell;

  get type() {
    return this.cell.info.dataType;
  }

  get isEmpty() {
    return this.cell.value === null || this.cell.value === undefined || this.cell.value === '';
  }

  /** Users and other records that the host has no page for are no links. */
  get linkUrl() {
    const { link: recordId } = this.cell;
    const objectApiName = recordId && objectOfId(recordId);
    return (
      objectApiName &&
      urlOf({ type: 'standard__recordPage', attributes: { recordId, objectApiName } })
    );
  }

  get isTrue() {
    return this.type === 'Boolean' && this.cell.value;
  }

  get isFalse() {
    return this.type === 'Boolean' && !this.cell.value;
  }

  get isHtml() {
    return this.cell.info.htmlFormatted;
  }

  get isDateTime() {
    return this.type === 'DateTime';
  }

  get isDate() {
    return this.type === 'Date';
  }

  get isEmail() {
    return this.type === 'Email';
  }

  get isPhone() {
    return this.type === 'Phone';
  }

  get isUrl() {
    return this.type === 'Url';
  }

  get text() {
    return String(this.cell.text);
  }
}
