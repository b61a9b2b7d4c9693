import { LightningElement, api } from 'lwc';
import { objectPages } from 'host/pages';
import { cellOf, labelOf } from 'host/query';

/** `force:detailPanel`: the fields of the object's layout that the user may see. */
export default class DetailPanel extends LightningElement {
  @api context;

  get sections() {
    const { objectApiName, record, objectInfo } = this.context;
    if (!record || !objectInfo) return [];
    return objectPages(objectApiName).layout.sections.map(({ heading, columns }, key) => ({
      key,
      heading,
      columns: columns.map((fields, at) => ({ key: at, fields: this.valuesOf(fields) })),
    }));
  }

  valuesOf(fields) {
    const { record, objectInfo } = this.context;
    return fields
      .filter(({ field }) => objectInfo.fields[field])
      .map(({ field }) => {
        const info = objectInfo.fields[field];
        return { field, label: labelOf(info), cell: cellOf(record.fields, field, info) };
      });
  }
}
