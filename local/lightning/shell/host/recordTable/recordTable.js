import { LightningElement, api } from 'lwc';
import { cellOf, labelOf, nameFieldOf } from 'host/query';

/** A table of records; the name leads to the record. */
export default class RecordTable extends LightningElement {
  /** Nodes of a GraphQL query. */
  @api nodes = [];
  @api columns = [];
  @api objectInfo;
  @api label;

  get isEmpty() {
    return this.nodes.length === 0;
  }

  get known() {
    return this.columns.filter((field) => this.objectInfo.fields[field]);
  }

  get headings() {
    return this.known.map((field) => ({ field, label: labelOf(this.objectInfo.fields[field]) }));
  }

  get rows() {
    return this.nodes.map((node) => ({
      id: node.Id,
      cells: this.known.map((field) => this.cellOf(node, field)),
    }));
  }

  cellOf(node, field) {
    const cell = cellOf(node, field, this.objectInfo.fields[field]);
    const link = field === nameFieldOf(this.objectInfo.nameFields) ? node.Id : cell.link;
    return { ...cell, field, link };
  }
}
