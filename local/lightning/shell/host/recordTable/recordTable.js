import { LightningElement, api } from 'lwc';
import { cellOf, isNumber, labelOf, nameFieldOf } from 'host/query';

const alignOf = (info) => (isNumber(info) ? 'slds-text-align_right' : undefined);

/** A table of records; the name leads to the record. */
export default class RecordTable extends LightningElement {
  /** Nodes of a GraphQL query. */
  @api nodes = [];
  @api columns = [];
  @api objectInfo;
  @api label;
  /** `{ field, isDescending }` where the user may sort; the table then tells of `sort`. */
  @api sort;

  get isEmpty() {
    return this.nodes.length === 0;
  }

  get known() {
    return this.columns.filter((field) => this.objectInfo.fields[field]);
  }

  get headings() {
    return this.known.map((field) => {
      const info = this.objectInfo.fields[field];
      const isSorted = this.sort?.field === field;
      const direction = this.sort?.isDescending ? 'descending' : 'ascending';
      return {
        field,
        label: labelOf(info),
        align: alignOf(info),
        isSortable: Boolean(this.sort) && info.sortable,
        sorted: isSorted ? direction : undefined,
        icon: isSorted && (this.sort.isDescending ? 'utility:arrowdown' : 'utility:arrowup'),
      };
    });
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
    return { ...cell, field, link, align: alignOf(cell.info) };
  }

  handleSort(event) {
    const { field } = event.currentTarget.dataset;
    this.dispatchEvent(new CustomEvent('sort', { detail: { field } }));
  }
}
